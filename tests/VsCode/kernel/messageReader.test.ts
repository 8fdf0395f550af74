import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KernelMessage } from '../../../src/VsCode/src/kernel/kernelMessage';
import { MessageReader } from '../../../src/VsCode/src/kernel/messageReader';

const ready: KernelMessage = { eventType: 'KernelReady', event: {} };
const readyLine = '{"event":{},"eventType":"KernelReady"}';

function read(...chunks: (string | Buffer)[]): KernelMessage[] {
  const reader = new MessageReader();
  return [...chunks.flatMap((chunk) => reader.push(Buffer.from(chunk))), ...reader.end()];
}

void test('a line becomes a message wherever it is cut', () => {
  const event = { formattedValues: [{ mimeType: 'text/plain', value: 'ä🐇' }] };
  const said: KernelMessage = { eventType: 'StandardOutputValueProduced', event };
  const bytes = Buffer.from(JSON.stringify(said) + '\n');
  for (let at = 0; at <= bytes.length; at++) assert.deepEqual(read(bytes.subarray(0, at), bytes.subarray(at)), [said]);
});

void test('several lines in one piece are several messages', () => {
  assert.deepEqual(read(`${readyLine}\n${readyLine}\r\n`), [ready, ready]);
});

void test('a command of the kernel is a message', () => {
  const command = { token: 'k', commandType: 'RequestInput', command: { prompt: 'Name?' }, routingSlip: [] };
  assert.deepEqual(read(JSON.stringify(command)), [command]);
});

void test('native output before a message on its line comes first', () => {
  assert.deepEqual(read(`from C${readyLine}\n`), [{ native: 'from C' }, ready]);
  assert.deepEqual(read(`{"event":${readyLine}\n`), [{ native: '{"event":' }, ready]);
});

void test('a text that is not a message is native output', () => {
  assert.deepEqual(read('hello\n'), [{ native: 'hello\n' }]);
  assert.deepEqual(read('{"event":1}\n'), [{ native: '{"event":1}\n' }]);
  assert.deepEqual(read('{"event":{},"eventType":"CommandFailed"}\n'), [{ native: '{"event":{},"eventType":"CommandFailed"}\n' }]);
  assert.deepEqual(read('no line end'), [{ native: 'no line end' }]);
});

void test('an event that the extension has no use for is left out', () => {
  assert.deepEqual(read('{"event":{"code":"1"},"eventType":"CodeSubmissionReceived"}\n{"event":{},"eventType":"constructor"}\n'), []);
});

void test('a hundred thousand small pieces without a line end are read in linear time', () => {
  const reader = new MessageReader();
  for (let i = 0; i < 100_000; i++) assert.equal(reader.push(Buffer.from('0123456789')).length, 0);
  assert.equal((reader.end()[0] as { native: string }).native.length, 1_000_000);
});
