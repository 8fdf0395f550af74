import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { KernelClient } from '../../../src/VsCode/src/kernel/kernelClient';
import type { ResultEvent } from '../../../src/VsCode/src/kernel/kernelEvent';
import { Repository } from '../../../src/VsCode/src/repository/repository';
import { Showing } from './showing';

/** The kernel of this repository, started as the extension starts it. */
function start(context: TestContext): KernelClient {
  const repository = Repository.find([__dirname]);
  assert.ok(repository?.isBuilt, 'Build the console first: ./rabbit build');
  const folder = resolve(join(repository.root, 'notebooks', 'tier1'));
  const kernel = new KernelClient(repository.kernelCommand(folder, {}), (line) => { context.diagnostic(line); });
  context.after(async () => { await kernel.stop(); });
  return kernel;
}

async function run(kernel: KernelClient, code: string): Promise<Showing> {
  const showing = new Showing();
  await kernel.execute(code, showing);
  return showing;
}

void test('the real kernel keeps state, shows in order and names lines', async (context) => {
  const kernel = start(context);
  assert.deepEqual((await run(kernel, 'var x = 6; Console.Write("ü🐇");')).text, 'ü🐇');
  const [result] = (await run(kernel, 'x * 7')).outputs as ResultEvent[];
  assert.deepEqual([result?.type, result?.data['text/plain'], result?.execution_count], ['result', '42', 2]);
  const [refused] = (await run(kernel, 'var a = 1;\nvar b = y;')).outputs;
  assert.ok(refused?.type === 'error' && refused.traceback[0]?.startsWith('(2,9): error CS0103'));
  const [thrown] = (await run(kernel, 'var c = 1;\nthrow new Exception("no");')).outputs;
  assert.ok(thrown?.type === 'error' && thrown.traceback.at(-1) === '   at cell 4, line 2');
});

void test('the real kernel works in the folder of the notebook', async (context) => {
  const [result] = (await run(start(context), 'Environment.CurrentDirectory')).outputs as ResultEvent[];
  assert.match(String(result?.data['text/plain']), /notebooks\/tier1$/);
});

void test('the real kernel stops a loop and keeps its state', async (context) => {
  const kernel = start(context);
  const showing = new Showing();
  const running = kernel.execute('var n = 0; Console.WriteLine("on"); while (true) n = 1;', showing);
  await showing.wrote('on');
  kernel.interrupt();
  assert.equal((await running).ok, false);
  assert.equal((await run(kernel, 'n')).outputs.length, 1);
});

void test('the death of the real kernel is told', async (context) => {
  const kernel = start(context);
  await assert.rejects(run(kernel, 'Environment.Exit(3);'), { message: 'The kernel process ended with exit code 3.' });
});
