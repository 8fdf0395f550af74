// Makes the renderers' scripts: Plotly's, Mermaid's, and the playable displays'. The last is the engine's own JavaScript, joined as
// src/Lessons/Displays/Components/ComponentScript.cs joins it: component.js first.
import { build } from 'esbuild';
import { readdir, readFile } from 'node:fs/promises';

const folder = new URL('../Lessons/Displays/Components/', import.meta.url);

const components = {
  name: 'components',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^components$/ }, ({ path }) => ({ path, namespace: 'components' }));
    onLoad({ filter: /.*/, namespace: 'components' }, async () => {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.js') && name !== 'component.js').sort();
      const files = await Promise.all(['component.js', ...names].map((name) => readFile(new URL(name, folder), 'utf8')));
      return { contents: files.join('\n'), loader: 'js' };
    });
  },
};

await build({
  entryPoints: ['plotlyRenderer', 'mermaidRenderer', 'componentsRenderer'].map((name) => `charts/${name}.ts`),
  bundle: true, minify: true, format: 'esm', legalComments: 'eof', logLevel: 'warning', outdir: 'out/charts', plugins: [components],
});
