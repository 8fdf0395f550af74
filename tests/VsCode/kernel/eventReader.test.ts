import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventReader } from '../../../src/VsCode/src/kernel/eventReader';
import type { KernelEvent } from '../../../src/VsCode/src/kernel/kernelEvent';

const started = '{"type":"started","id":"a"}';

function read(...chunks: (string | Buffer)[]): KernelEvent[] {
  const reader = new EventReader();
  return [...chunks.flatMap((chunk) => reader.push(Buffer.from(chunk))), ...reader.end()];
}

function native(text: string): KernelEvent {
  return { type: 'stream', name: 'stdout', text };
}

void test('lines become events, however they are cut', () => {
  const line = '{"type":"stream","id":"a","name":"stdout","text":"ä🐇"}\n';
  const whole = read(line);
  assert.deepEqual(whole, [{ type: 'stream', id: 'a', name: 'stdout', text: 'ä🐇' }]);
  const bytes = Buffer.from(line);
  for (let at = 0; at <= bytes.length; at++) assert.deepEqual(read(bytes.subarray(0, at), bytes.subarray(at)), whole);
});

void test('several lines in one piece are several events', () => {
  assert.deepEqual(read(`${started}\n${started}\n`), [{ type: 'started', id: 'a' }, { type: 'started', id: 'a' }]);
});

void test('native output before an event on its line comes first', () => {
  assert.deepEqual(read(`from C${started}\n`), [native('from C'), { type: 'started', id: 'a' }]);
});

void test('what is no event is native output', () => {
  assert.deepEqual(read('hello\n'), [native('hello\n')]);
  assert.deepEqual(read('{"type":"started"}\n'), [native('{"type":"started"}\n')]);
  assert.deepEqual(read('{"type":"constructor"}\n'), [native('{"type":"constructor"}\n')]);
  assert.deepEqual(read('no line end'), [native('no line end')]);
});

void test('an event of another type that answers somebody is a reply', () => {
  assert.deepEqual(read('{"type":"completions","id":"question-1","items":[]}\n'),
    [{ type: 'reply', id: 'question-1', body: { type: 'completions', id: 'question-1', items: [] } }]);
});

void test('a hundred thousand small pieces without a line end take no quadratic time', () => {
  const reader = new EventReader();
  for (let i = 0; i < 100_000; i++) assert.equal(reader.push(Buffer.from('0123456789')).length, 0);
  assert.equal((reader.end()[0] as { text: string }).text.length, 1_000_000);
});
