import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { KernelClient, type CellEnd } from '../../../src/VsCode/src/kernel/kernelClient';
import type { LinePosition } from '../../../src/VsCode/src/kernel/kernelCommand';
import type { Diagnostic } from '../../../src/VsCode/src/kernel/kernelEvent';
import { Repository } from '../../../src/VsCode/src/repository/repository';
import { Showing } from './showing';

/** The kernel of this repository, started as the extension starts it. */
function start(context: TestContext): KernelClient {
  const repository = Repository.find([__dirname]);
  assert.ok(repository?.isBuilt, 'Build the console first: ./rabbit build');
  const folder = resolve(join(repository.root, 'notebooks', 'tier1'));
  const frontEnd = { log: (line: string) => { context.diagnostic(line); }, input: () => Promise.resolve('Ann') };
  const kernel = new KernelClient(repository.kernelStart(folder, {}), frontEnd);
  context.after(async () => { await kernel.stop(); });
  return kernel;
}

async function run(kernel: KernelClient, code: string, kernelName = 'csharp'): Promise<CellEnd & { showing: Showing }> {
  const showing = new Showing();
  return { ...await kernel.execute(code, kernelName, showing), showing };
}

/** The codes and places of the errors among what the compiler says. */
function errorsIn(diagnostics: readonly Diagnostic[]): [code: string, start: LinePosition][] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code, linePositionSpan }) => [code, linePositionSpan.start]);
}

void test('the real kernel keeps state, shows in order and names lines', async (context) => {
  const kernel = start(context);
  assert.equal((await run(kernel, 'var x = 6; Console.Write("ü🐇");')).showing.text, 'ü🐇');
  const result = await run(kernel, 'x * 7');
  assert.deepEqual([result.showing.types, result.showing.last('text/plain'), result.executionOrder], [['ReturnValueProduced'], '42', 2]);
  const refused = await run(kernel, 'var a = 1;\nvar b = y;');
  assert.deepEqual(errorsIn(refused.diagnostics), [['CS0103', { line: 1, character: 8 }]]);
  const thrown = await run(kernel, 'var c = 1;\nthrow new Exception("no");');
  assert.match(thrown.message ?? '', /^System\.Exception: no\n.*at cell 4, line 2$/s);
});

void test('the real kernel works in the folder of the notebook', async (context) => {
  const { showing } = await run(start(context), 'Environment.CurrentDirectory');
  assert.match(showing.last('text/plain') ?? '', /notebooks\/tier1$/);
});

void test('the real kernel stops a loop, answers meanwhile and keeps its state', async (context) => {
  const kernel = start(context);
  const showing = new Showing();
  const running = kernel.execute('var n = 0; Console.WriteLine("on"); while (true) n = 1;', 'csharp', showing);
  await showing.showed('on');
  const [hover] = await kernel.ask('RequestHoverText', { code: 'Math.Abs(1)', linePosition: { line: 0, character: 6 } }, 'csharp');
  assert.match(hover?.content[0]?.value ?? '', /Math\.Abs/);
  kernel.interrupt();
  assert.ok((await running).message);
  assert.equal((await run(kernel, 'n')).showing.last('text/plain'), '1');
});

void test('the real kernel answers questions about code', async (context) => {
  const kernel = start(context);
  await run(kernel, 'var number = 6;');
  const place = (code: string): { code: string; linePosition: LinePosition } => (
    { code, linePosition: { line: 0, character: code.length } });
  const [list] = await kernel.ask('RequestCompletions', place('number.ToStr'), 'csharp');
  assert.ok(list?.completions.some(({ displayText }) => displayText === 'ToString'));
  const [help] = await kernel.ask('RequestSignatureHelp', place('Math.Pow(1, '), 'csharp');
  assert.deepEqual([help?.activeParameterIndex, help?.signatures[0]?.parameters.length], [1, 2]);
  const problems = await kernel.ask('RequestDiagnostics', { code: '#!time\nvar a = number;\nvar b = nothing;' }, 'csharp');
  assert.deepEqual(errorsIn(problems.flatMap(({ diagnostics }) => diagnostics)), [['CS0103', { line: 2, character: 8 }]]);
});

void test('the real kernel shares values', async (context) => {
  const kernel = start(context);
  await run(kernel, 'var number = 6;');
  await kernel.ask('SendValue', { name: 'sent', formattedValue: { mimeType: 'application/json', value: '[1,2]' } }, 'csharp');
  const [infos] = await kernel.ask('RequestValueInfos', { mimeType: 'text/plain' }, 'csharp');
  assert.deepEqual(infos?.valueInfos.map(({ name }) => name).sort(), ['number', 'sent']);
  const [value] = await kernel.ask('RequestValue', { name: 'number', mimeType: 'application/json' }, 'csharp');
  assert.equal(value?.formattedValue.value, '6');
});

void test('the real kernel updates a display of an earlier cell, and shows what comes after the end of one', async (context) => {
  const kernel = start(context);
  const first = await run(kernel, [
    'var shown = display("one");',
    'var gate = new TaskCompletionSource();',
    '_ = Task.Run(async () => { await gate.Task; Console.Write("late"); });',
  ].join('\n'));
  const second = await run(kernel, 'shown.Update("two"); gate.SetResult();');
  const [made] = first.showing.events;
  const [updated] = second.showing.events;
  assert.equal(updated?.eventType, 'DisplayedValueUpdated');
  assert.ok(made?.eventType === 'DisplayedValueProduced' && made.event.valueId === updated.event.valueId);
  await first.showing.showed('late');
});

void test('the real kernel asks for a line', async (context) => {
  const kernel = start(context);
  const { showing } = await run(kernel, 'var name = Console.ReadLine();\nname');
  assert.equal(showing.last('text/plain'), 'Ann');
});

void test('the real kernel runs cells in other languages', async (context) => {
  const kernel = start(context);
  assert.equal((await run(kernel, '<b>bold</b>', 'html')).showing.last('text/html'), '<b>bold</b>');
  assert.match((await run(kernel, 'let a = 1;', 'javascript')).showing.last('text/html') ?? '', /<script[^]*let a = 1;/);
  assert.equal((await run(kernel, '#!value --name kept\n[1]', 'value')).message, undefined);
  assert.match((await run(kernel, 'x', 'fsharp')).message ?? '', /fsharp/);
});

void test('the death of the real kernel is told', async (context) => {
  const kernel = start(context);
  await assert.rejects(run(kernel, 'Environment.Exit(3);'), { message: 'The kernel process ended with exit code 3.' });
});
