import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Repository } from '../../../src/VsCode/src/repository/repository';

function scratch(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'rabbit-repository-'));
  context.after(() => { rmSync(folder, { recursive: true }); });
  return folder;
}

function clone(folder: string): string {
  mkdirSync(join(folder, 'notebooks', 'tier1'), { recursive: true });
  writeFileSync(join(folder, 'rabbit'), '');
  writeFileSync(join(folder, 'LlmRabbitHoles.sln'), '');
  return folder;
}

void test('the repository is found above the notebook', (context) => {
  const root = clone(join(scratch(context), 'clone'));
  assert.equal(Repository.find([join(root, 'notebooks', 'tier1')])?.root, root);
  assert.equal(Repository.find([root])?.root, root);
});

void test('the first folder that has one above it decides', (context) => {
  const folder = scratch(context);
  const [one, two] = [clone(join(folder, 'one')), clone(join(folder, 'two'))];
  assert.equal(Repository.find([folder, two, one])?.root, two);
});

void test('a file named rabbit alone makes no repository', (context) => {
  const folder = scratch(context);
  writeFileSync(join(folder, 'rabbit'), '');
  assert.equal(Repository.find([folder]), undefined);
  assert.equal(Repository.find([]), undefined);
});

void test('a repository is built once its console is there', (context) => {
  const root = clone(scratch(context));
  const repository = Repository.find([root]);
  assert.equal(repository?.isBuilt, false);
  mkdirSync(join(root, 'bin'));
  writeFileSync(join(root, 'bin', 'rabbit.dll'), '');
  assert.equal(repository.isBuilt, true);
});

void test("the kernel works in the notebook's folder", (context) => {
  const root = clone(scratch(context));
  const command = Repository.find([root])?.kernelStart('/somewhere', { RABBIT_DEVICE: 'cpu' });
  assert.deepEqual(command, {
    program: join(root, 'rabbit'), args: ['kernel', '--stdio', '--asks'], folder: '/somewhere', environment: { RABBIT_DEVICE: 'cpu' } });
});
