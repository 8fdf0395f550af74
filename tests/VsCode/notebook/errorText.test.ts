import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic } from '../../../src/VsCode/src/kernel/kernelEvent';
import { errorOf, linkedText, throwPlaceOf } from '../../../src/VsCode/src/notebook/errorText';

function diagnostic(severity: Diagnostic['severity'], line: number, character: number, message: string): Diagnostic {
  return { severity, code: 'CS0103', message, linePositionSpan: { start: { line, character }, end: { line, character: character + 1 } } };
}

const refusal = diagnostic('error', 1, 4, "The name 'x' does not exist");
const trace = ['   at F(Int32 x) in cell 2, line 3', '   at cell 5, line 7', '   at cell 5, line 9'];
const thrown = errorOf(['System.InvalidOperationException: no', 'and no', ...trace].join('\n'), []);

void test('an exception has a name, a message of one or more lines, and a trace', () => {
  assert.deepEqual([thrown.name, thrown.value, thrown.traceback.length], ['System.InvalidOperationException', 'no\nand no', 5]);
});

void test('what the compiler refuses is told with its place in the cell', () => {
  const error = errorOf('(1,5): error CS0103: said of a part', [refusal, diagnostic('warning', 0, 0, 'unused')]);
  const line = '(2,5): error CS0103: said of a part';
  assert.deepEqual(error, { name: 'CompilationError', value: line, traceback: [line] });
});

void test('what the compiler refuses of a loaded file is told with its place in the file', () => {
  assert.equal(errorOf('other.csx(7,5): error CS0103: no', [refusal]).value, 'other.csx(7,5): error CS0103: no');
});

void test('errors that the message leaves out are told', () => {
  assert.equal(errorOf('It does not compile.', [refusal, refusal]).traceback[1], "(2,5): error CS0103: The name 'x' does not exist");
});

void test('a cancelled cell was interrupted', () => {
  assert.equal(errorOf('Command cancelled.', []).name, 'Interrupted');
});

void test('a failure without a name is an error', () => {
  assert.deepEqual(errorOf('It failed.', []), { name: 'Error', value: 'It failed.', traceback: ['It failed.'] });
});

void test('an exception has the line of the failed cell that is nearest to the throw', () => {
  assert.deepEqual(throwPlaceOf(thrown, 5), { line: 7, message: 'System.InvalidOperationException: no\nand no' });
});

void test('an error without places has none', () => {
  assert.equal(throwPlaceOf(errorOf('Interrupted: The cell was stopped.', []), 5), undefined);
  assert.equal(throwPlaceOf(thrown, 6), undefined);
});

void test('places are written so that the editor makes links of them', () => {
  assert.equal(linkedText(thrown, 5), [
    'System.InvalidOperationException: no', 'and no', '   at F(Int32 x)', '   Cell In[2], line 3', '   Cell In[5], line 7',
    '   Cell In[5], line 9'].join('\n'));
  assert.equal(
    linkedText(errorOf('(2,5): error CS0103: no such name', [refusal]), 3), 'Cell In[3], line 2\n   column 5: error CS0103: no such name');
});
