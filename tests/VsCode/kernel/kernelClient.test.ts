import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { InputRequest } from '../../../src/VsCode/src/kernel/inputRequest';
import { KernelClient, type CellEnd, type KernelFrontEnd } from '../../../src/VsCode/src/kernel/kernelClient';
import { KernelDied } from '../../../src/VsCode/src/kernel/kernelDied';
import { Showing } from './showing';

const script = join(__dirname, 'scriptedKernel.js');

const dismiss = (): Promise<undefined> => Promise.resolve(undefined);

interface Started {
  readonly kernel: KernelClient;
  readonly log: string[];
  readonly asked: InputRequest[];
}

/** @param answer What the reader types when a cell asks; undefined dismisses the question. */
function start(context: TestContext, answer?: string): Started {
  const log: string[] = [];
  const asked: InputRequest[] = [];
  const kernel = startClient([process.execPath, script], log, (request) => {
    asked.push(request);
    return Promise.resolve(answer);
  });
  context.after(async () => { kernel.kill(); await kernel.ended; });
  return { kernel, log, asked };
}

function startClient([program = '', ...args]: readonly string[], log: string[], input: KernelFrontEnd['input'] = dismiss): KernelClient {
  return new KernelClient({ program, args, folder: tmpdir() }, { log: (line) => log.push(line), input });
}

function run(kernel: KernelClient, code: string, showing = new Showing()): Promise<CellEnd> {
  return kernel.execute(code, 'csharp', showing);
}

async function deathIn(kernel: KernelClient, code: string): Promise<string> {
  const died = await run(kernel, code).then(() => undefined, (reason: unknown) => reason);
  assert.ok(died instanceof KernelDied);
  return died.message;
}

/** The log, once something stands in it. */
async function logged(log: readonly string[]): Promise<readonly string[]> {
  while (log.length === 0) await new Promise((resolve) => setImmediate(resolve));
  return log;
}

/** A process that has ended may stay in the table until somebody asks for its exit code. */
function isRunning(process: number): boolean {
  const stat = `/proc/${process}/stat`;
  return existsSync(stat) && !readFileSync(stat, 'utf8').includes(') Z ');
}

void test('what a cell shows is passed on in order, then its end', async (context) => {
  const { kernel } = start(context);
  const showing = new Showing();
  const { message } = await run(kernel, 'print one\ndisplay a two\nupdate a three\nfail wrong', showing);
  assert.deepEqual(showing.types, ['StandardOutputValueProduced', 'DisplayedValueProduced', 'DisplayedValueUpdated']);
  assert.equal(showing.text, 'onetwothree');
  assert.equal(message, 'wrong');
});

void test('cells are counted, and a cell without code is not', async (context) => {
  const { kernel } = start(context);
  assert.equal(kernel.nextExecution, 1);
  assert.equal((await run(kernel, 'print x')).executionOrder, 1);
  assert.equal((await run(kernel, 'fail x')).executionOrder, 2);
  assert.equal((await run(kernel, ' \n')).executionOrder, undefined);
  assert.equal(kernel.nextExecution, 3);
});

void test('a command that the kernel makes of a cell shows in the cell and does not end it', async (context) => {
  const { kernel } = start(context);
  const showing = new Showing();
  await run(kernel, 'nested one\nprint two', showing);
  assert.equal(showing.text, 'onetwo');
});

void test('a refused cell ends with what the compiler said', async (context) => {
  const { kernel } = start(context);
  const { message, diagnostics } = await run(kernel, 'refuse no such name');
  assert.equal(message, 'no such name');
  assert.deepEqual(diagnostics.map((one) => one.message), ['no such name']);
});

void test('what native code writes belongs to the running cell', async (context) => {
  const { kernel } = start(context);
  const showing = new Showing();
  await run(kernel, 'native from C', showing);
  assert.equal(showing.text, 'from C');
});

void test('what a thread says after its cell has ended is shown by that cell and not by the next', async (context) => {
  const { kernel, log } = start(context);
  const first = new Showing();
  await run(kernel, 'late too late', first);
  const next = new Showing();
  const running = run(kernel, 'wait', next);
  await first.showed('too late');
  kernel.interrupt();
  await running;
  assert.deepEqual(next.events, []);
  assert.deepEqual(log, []);
});

void test('what a forgotten cell says goes to the log', async (context) => {
  const { kernel, log } = start(context);
  const showing = new Showing();
  await run(kernel, 'late too late', showing);
  kernel.forget(showing);
  assert.deepEqual(await logged(log), ['Said after its cell had gone: too late']);
  assert.deepEqual(showing.events, []);
});

void test('an interrupt stops the cell and not the kernel', async (context) => {
  const { kernel } = start(context);
  const showing = new Showing();
  const running = run(kernel, 'print on\nwait', showing);
  await showing.showed('on');
  kernel.interrupt();
  assert.equal((await running).message, 'Command cancelled.');
  assert.equal((await run(kernel, 'print x')).message, undefined);
});

void test('a cell that asks gets the answer of the reader', async (context) => {
  const { kernel, asked } = start(context, 'Ann');
  const showing = new Showing();
  await run(kernel, 'ask Your name?', showing);
  assert.equal(showing.text, 'InputProduced Ann');
  assert.deepEqual(asked, [{ prompt: 'Your name?', isPassword: false }]);
});

void test('a cell learns that its question was dismissed', async (context) => {
  const showing = new Showing();
  await run(start(context).kernel, 'ask Your name?', showing);
  assert.equal(showing.text, 'CommandFailed ');
});

void test('a death is told with its cause', async (context) => {
  assert.equal(await deathIn(start(context).kernel, 'exit 3'), 'The kernel process ended with exit code 3.');
  assert.equal(await deathIn(start(context).kernel, 'exit 139'), 'The kernel process ended by signal SIGSEGV (a bad memory access).');
  assert.equal(
    await deathIn(start(context).kernel, 'signal SIGKILL'), 'The kernel process ended by signal SIGKILL (perhaps for want of memory).');
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
  const missing = startClient(['/nowhere/rabbit'], []);
  await assert.rejects(missing.ready, /The kernel '\/nowhere\/rabbit' can't be started: .*ENOENT/);
  const log: string[] = [];
  const refusing = startClient(['sh', '-c', 'echo "building what changed" >&2; echo "rabbit: the build failed" >&2; exit 1'], log);
  await assert.rejects(refusing.ready, /^KernelDied: The kernel process ended with exit code 1. It said: rabbit: the build failed$/);
  assert.deepEqual(log, ['building what changed', 'rabbit: the build failed']);
});

void test('questions are answered by their tokens', async (context) => {
  const { kernel } = start(context);
  await kernel.ready;
  const ask = async (character: number): Promise<string[]> => {
    const all = await kernel.ask('RequestCompletions', { code: 'a', linePosition: { line: 0, character } }, 'csharp');
    return all.flatMap(({ completions }) => completions.map(({ insertText }) => insertText));
  };
  assert.deepEqual(await Promise.all([ask(1), ask(2)]), [['after 1'], ['after 2']]);
});

void test('a question that the kernel cannot answer has no answer', async (context) => {
  const { kernel } = start(context);
  await kernel.ready;
  assert.deepEqual(await kernel.ask('RequestValue', { name: 'x', mimeType: 'text/plain' }, 'csharp'), []);
});

void test('an answer does not wait for the end of its command', async (context) => {
  const { kernel } = start(context);
  await kernel.ready;
  assert.deepEqual(await kernel.ask('RequestValueInfos', { mimeType: 'text/plain' }, 'csharp'), [{ valueInfos: [] }]);
});

void test('a question to a dead kernel has no answer', async (context) => {
  const { kernel } = start(context);
  await deathIn(kernel, 'exit 3');
  assert.deepEqual(await kernel.ask('RequestDiagnostics', { code: 'a' }, 'csharp'), []);
});

void test('stopping ends the process and what it started', async (context) => {
  const { kernel } = start(context);
  await kernel.ready;
  await kernel.stop();
  assert.equal((await kernel.ended).message, 'The kernel process ended with exit code 0.');
});

void test('a process that does not listen is ended all the same, with its children', async () => {
  const log: string[] = [];
  const kernel = startClient(['sh', '-c', 'trap "" TERM; sleep 1000 & echo "$!" >&2; wait; sleep 1000'], log);
  const child = Number((await logged(log))[0]);
  await kernel.stop();
  assert.match((await kernel.ended).message, /SIGKILL/);
  while (isRunning(child)) await new Promise((resolve) => setImmediate(resolve));
});
