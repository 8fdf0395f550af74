import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorEvent } from '../../../src/VsCode/src/kernel/kernelEvent';
import { linkedText, placesOf } from '../../../src/VsCode/src/notebook/errorText';

function error(name: string, ...traceback: string[]): ErrorEvent {
  return { type: 'error', id: 'a', name, value: traceback[0] ?? '', traceback };
}

const refused = error('CompilationError', "(2,5): error CS0103: The name 'x' does not exist", '(4,1): error CS1002: ; expected');

const thrown = error(
  'System.InvalidOperationException', 'System.InvalidOperationException: no', '   at F(Int32 x) in cell 2, line 3', '   at cell 5, line 7', '   at cell 5, line 9');

void test("the compiler's errors have a line and a column each", () => {
  assert.deepEqual(placesOf(refused, 3), [
    { execution: 3, line: 2, column: 5, message: "error CS0103: The name 'x' does not exist" },
    { execution: 3, line: 4, column: 1, message: 'error CS1002: ; expected' },
  ]);
});

void test('an exception has the line of the failed cell that is nearest to the throw', () => {
  assert.deepEqual(placesOf(thrown, 5), [{ execution: 5, line: 7, message: 'System.InvalidOperationException: no' }]);
});

void test('an error without places has none', () => {
  assert.deepEqual(placesOf(error('Interrupted', 'Interrupted: The cell was stopped.'), 5), []);
  assert.deepEqual(placesOf(error('CompilationError', '#r: no such file'), 5), []);
});

void test('places are written so that the editor makes links of them', () => {
  assert.equal(linkedText(thrown, 5), [
    'System.InvalidOperationException: no', '   at F(Int32 x)', '   Cell In[2], line 3', '   Cell In[5], line 7', '   Cell In[5], line 9'].join('\n'));
  assert.equal(linkedText(refused, 3), [
    'Cell In[3], line 2', "   column 5: error CS0103: The name 'x' does not exist", 'Cell In[3], line 4', '   column 1: error CS1002: ; expected'].join('\n'));
});
