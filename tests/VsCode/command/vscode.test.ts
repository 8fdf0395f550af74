import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { path, rabbit, root, run } from './rabbit';

const extension = join(root, 'src', 'VsCode');

function scratch(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'rabbit-vscode-'));
  context.after(() => { rmSync(folder, { recursive: true }); });
  return folder;
}

/** An editor that writes down what it is asked, and ends with this code. */
function scriptedEditor(folder: string, command: string, exitCode = 0): string {
  writeFileSync(join(folder, command), `#!/bin/sh\necho "$@" >>'${folder}/asked'\necho 'it says so' >&2\nexit ${exitCode}\n`);
  chmodSync(join(folder, command), 0o755);
  return join(folder, 'asked');
}

void test('the extension packs into one file, and nothing else is left', (context) => {
  const folder = scratch(context);
  const file = join(folder, 'made', 'x.vsix');
  const packed = rabbit(path, 'vscode', 'pack', '--out', file);
  assert.equal(packed.exitCode, 0, packed.error);
  assert.match(packed.output, /x\.vsix: \d+\.\d MB\n$/);
  assert.deepEqual(readdirSync(join(folder, 'made')), ['x.vsix']);
  // A zip's contents are compressed, the names of its files are not.
  const names = readFileSync(file, 'latin1').match(/extension\/[\w./-]+/g) ?? [];
  for (const name of ['package.json', 'out/extension.js', 'out/charts/plotlyRenderer.js', 'out/charts/mermaidRenderer.js', 'LICENSE.txt'])
    assert.ok(names.some((found) => found.startsWith(`extension/${name}`)), `${name} is missing of ${names.join(' ')}`);
  assert.ok(!names.some((name) => /node_modules|src\//.test(name)), names.join(' '));
});

void test('the extension compiles and lints without a warning', () => {
  for (const script of ['compile', 'lint'])
    assert.deepEqual(run('npm', ['run', '--silent', script], extension), { exitCode: 0, output: '', error: '' });
});

void test('installing hands the package to the editor', (context) => {
  const folder = scratch(context);
  const asked = scriptedEditor(folder, 'codium');
  const installed = rabbit([folder, ...path], 'vscode', 'install', '--editor', 'codium');
  assert.equal(installed.exitCode, 0, installed.error);
  assert.equal(readFileSync(asked, 'utf8'), `--install-extension ${join(root, 'artifacts', 'llm-rabbit-holes.vsix')} --force\n`);
  assert.match(installed.output, /^VSCodium has the extension\./);
});

void test('it packs again only when a source has changed', (context) => {
  const folder = scratch(context);
  scriptedEditor(folder, 'codium');
  const install = (): string => rabbit([folder, ...path], 'vscode', 'install', '--editor', 'codium').error;
  install();
  assert.equal(install(), '');
  const file = join(extension, 'package.json');
  const { atime, mtime } = statSync(file);
  utimesSync(file, new Date(), new Date());
  const again = install();
  utimesSync(file, atime, mtime);
  assert.match(again, /packing the extension/);
});

void test('without an editor it says how to install by hand', (context) => {
  const folder = scratch(context);
  const refused = rabbit([folder], 'vscode', 'install');
  assert.equal(refused.exitCode, 1);
  assert.match(refused.error, /There is no code, code-insiders, codium or code-server in PATH\. /);
  assert.match(refused.error, /Install from VSIX.*artifacts\/llm-rabbit-holes\.vsix/);
});

void test('an editor that refuses is quoted', (context) => {
  const folder = scratch(context);
  scriptedEditor(folder, 'code', 9);
  const refused = rabbit([folder], 'vscode', 'install');
  assert.equal(refused.exitCode, 1);
  assert.match(refused.error, /^rabbit: code --install-extension .* failed with exit code 9: it says so\n$/);
});

void test('without npm it says what to install', (context) => {
  const refused = rabbit([scratch(context)], 'vscode', 'pack', '--out', join(scratch(context), 'x.vsix'));
  assert.equal(refused.exitCode, 1);
  assert.match(refused.error, /rabbit: There is no npm in PATH\. Install Node\.js 20 or newer/);
});

void test('vscode alone asks what to do', () => {
  const refused = rabbit(path, 'vscode');
  assert.equal(refused.exitCode, 2);
  assert.match(refused.error, /Say what to do: \.\/rabbit vscode install.* See \.\/rabbit vscode --help\./);
});
