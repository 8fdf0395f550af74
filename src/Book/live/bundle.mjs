// Makes one classic script of src/alice.ts: a page that lies on disk may load no module, no worker file and no .wasm, so the worker's
// script and the compiled kernel are inside it. Usage: node bundle.mjs OUT.js, or node bundle.mjs OUT.mjs TEST.ts for a test of a part.
import asc from 'assemblyscript/asc';
import { build } from 'esbuild';
import { readFile, writeFile } from 'node:fs/promises';
import { argv, exit, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const options = {
  bundle: true, minify: true, format: 'iife', target: 'es2022', write: false, legalComments: 'inline', charset: 'utf8', logLevel: 'error',
};

const embedded = {
  name: 'embedded',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(kernel\/products|worker\/source)$/ }, ({ path }) => ({ path, namespace: 'embedded' }));
    onLoad({ filter: /^kernel/, namespace: 'embedded' }, async () => ({ contents: await compileKernel(), loader: 'binary' }));
    onLoad({ filter: /^worker/, namespace: 'embedded' }, async () => ({ contents: await bundle('src/worker/worker.ts'), loader: 'text' }));
  },
};

async function bundle(entry, more = {}) {
  const { outputFiles } = await build({ ...options, ...more, entryPoints: [here(entry)], plugins: [embedded] });
  return outputFiles[0].text;
}

async function compileKernel() {
  let wasm;
  const source = await readFile(here('kernel/products.ts'), 'utf8');
  const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory', '--use', 'abort='];
  const { error, stderr: complaints } = await asc.main(
    ['products.ts', '--outFile', 'products.wasm', ...flags],
    { readFile: (name) => (name === 'products.ts' ? source : null), writeFile: (name, bytes) => { wasm = bytes; }, listFiles: () => [] });
  if (error) throw new Error(`The kernel cannot be compiled: ${complaints}`);
  return wasm;
}

const [, , out, test] = argv;
try {
  await writeFile(out, test ? await bundle(test, { format: 'esm', external: ['node:*'] }) : await bundle('src/alice.ts'));
} catch (error) {
  stderr.write(`${error.message}\n`);
  exit(1);
}
