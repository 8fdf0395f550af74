import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { KernelClient } from '../../../src/VsCode/src/kernel/kernelClient';
import { KernelDied } from '../../../src/VsCode/src/kernel/kernelDied';
import { Showing } from './showing';

const script = join(__dirname, 'scriptedKernel.js');

function start(context: TestContext, ...args: string[]): { kernel: KernelClient; log: string[] } {
  const log: string[] = [];
  const kernel = new KernelClient({ program: process.execPath, args: [script, ...args], folder: tmpdir() }, (line) => log.push(line));
  context.after(async () => { kernel.kill(); await kernel.ended; });
  return { kernel, log };
}

async function deathIn(kernel: KernelClient, code: string): Promise<string> {
  const died = await kernel.execute(code, new Showing()).then(() => undefined, (reason: unknown) => reason);
  assert.ok(died instanceof KernelDied);
  return died.message;
}

/** A process that has ended may stay in the table until somebody asks for its exit code. */
function isRunning(process: number): boolean {
  const stat = `/proc/${process}/stat`;
  return existsSync(stat) && !readFileSync(stat, 'utf8').includes(') Z ');
}

void test('what a cell shows is passed on in order, then its end', async (context) => {
  const { kernel } = start(context);
  const showing = new Showing();
  const finished = await kernel.execute('print one\nprint two\nerror wrong', showing);
  assert.deepEqual(showing.outputs.map((output) => output.type), ['stream', 'stream', 'error']);
  assert.equal(showing.text, 'onetwo');
  assert.deepEqual([finished.ok, finished.execution_count], [false, 1]);
});

void test('cells are counted, and a cell without code is not', async (context) => {
  const { kernel } = start(context);
  assert.equal((await kernel.execute('print x', new Showing())).execution_count, 1);
  assert.equal((await kernel.execute('', new Showing())).execution_count, null);
  assert.equal((await kernel.execute('print x', new Showing())).execution_count, 2);
});

void test('what native code writes belongs to the running cell', async (context) => {
  const { kernel } = start(context);
  const showing = new Showing();
  await kernel.execute('native from C', showing);
  assert.equal(showing.text, 'from C');
});

void test('what a thread says after its cell has ended goes to the log, not to the next cell', async (context) => {
  const { kernel, log } = start(context);
  await kernel.execute('late too late', new Showing());
  const next = new Showing();
  const running = kernel.execute('wait', next);
  while (log.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  kernel.interrupt();
  await running;
  assert.deepEqual(next.outputs, []);
  assert.deepEqual(log, ['Said after its cell had ended: too late']);
});

void test('an interrupt stops the cell and not the kernel', async (context) => {
  const { kernel } = start(context);
  const showing = new Showing();
  const running = kernel.execute('print on\nwait', showing);
  await showing.wrote('on');
  kernel.interrupt();
  assert.equal((await running).ok, false);
  assert.equal((await kernel.execute('print x', new Showing())).ok, true);
});

void test('a cell that cannot be stopped says so', async (context) => {
  const { kernel } = start(context);
  const showing = new Showing();
  const running = kernel.execute('print on\ndeaf', showing);
  await showing.wrote('on');
  kernel.interrupt();
  await showing.wrote('It goes on.');
  kernel.kill();
  await assert.rejects(running, KernelDied);
});

void test('a death is told with its cause', async (context) => {
  assert.equal(await deathIn(start(context).kernel, 'exit 3'), 'The kernel process ended with exit code 3.');
  assert.equal(await deathIn(start(context).kernel, 'exit 139'), 'The kernel process ended by signal SIGSEGV (a bad memory access).');
  assert.equal(await deathIn(start(context).kernel, 'signal SIGKILL'), 'The kernel process ended by signal SIGKILL (perhaps for want of memory).');
  assert.equal(
    await deathIn(start(context).kernel, 'last words Unhandled exception. System.Exception: x\nlast words    at Y()\nexit 134'),
    'The kernel process ended by signal SIGABRT (the program aborted itself). It said: Unhandled exception. System.Exception: x');
});

void test('a cell asked of a dead kernel fails with how it died', async (context) => {
  const { kernel } = start(context);
  await deathIn(kernel, 'exit 3');
  assert.equal(await deathIn(kernel, 'print x'), 'The kernel process ended with exit code 3.');
});

void test('a kernel that never comes up is told apart', async () => {
  const missing = new KernelClient({ program: '/nowhere/rabbit', args: [], folder: tmpdir() }, () => undefined);
  await assert.rejects(missing.ready, /The kernel '\/nowhere\/rabbit' can't be started: .*ENOENT/);
  const log: string[] = [];
  const refusing = new KernelClient(
    { program: 'sh', args: ['-c', 'echo "building what changed" >&2; echo "rabbit: the build failed" >&2; exit 1'], folder: tmpdir() }, (line) => log.push(line));
  await assert.rejects(refusing.ready, /^KernelDied: The kernel process ended with exit code 1. It said: rabbit: the build failed$/);
  assert.deepEqual(log, ['building what changed', 'rabbit: the build failed']);
});

void test('a kernel of another protocol is refused', async (context) => {
  const { kernel } = start(context, '2');
  await assert.rejects(kernel.ready, /speaks version 2 of its protocol and this extension version 1.*\.\/rabbit vscode install/);
});

void test('questions are answered by their ids', async (context) => {
  const { kernel } = start(context);
  await kernel.ready;
  const [one, two] = await Promise.all([kernel.ask('complete', 'a', 1), kernel.ask('complete', 'b', 2)]);
  assert.deepEqual([one?.['items'], two?.['items']], [[{ text: 'after 1' }], [{ text: 'after 2' }]]);
});

void test('a kernel that knows no such questions is asked once', async (context) => {
  const { kernel, log } = start(context);
  await kernel.ready;
  assert.equal(await kernel.ask('inspect', 'a', 1), undefined);
  assert.equal(await kernel.ask('inspect', 'a', 1), undefined);
  assert.equal(log.length, 1);
});

void test('stopping ends the process and what it started', async (context) => {
  const { kernel } = start(context);
  await kernel.ready;
  await kernel.stop();
  assert.equal((await kernel.ended).message, 'The kernel process ended with exit code 0.');
});

void test('a process that does not listen is ended all the same, with its children', async () => {
  let child = 0;
  const kernel = new KernelClient(
    { program: 'sh', args: ['-c', 'trap "" TERM; sleep 1000 & echo "child $!" >&2; wait; sleep 1000'], folder: tmpdir() }, (line) => { child = Number(line.split(' ')[1]); });
  while (child === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await kernel.stop();
  assert.match((await kernel.ended).message, /SIGKILL/);
  while (isRunning(child)) await new Promise((resolve) => setTimeout(resolve, 5));
});
