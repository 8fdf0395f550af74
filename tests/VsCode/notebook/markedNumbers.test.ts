import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withNumbers } from '../../../src/VsCode/src/notebook/markedNumbers';

const numbers = new Map([['share', '66.7 %'], ['kv-bytes', '3072 bytes']]);

void test('a number is written between its marks, and twice changes nothing', () => {
  const text = 'So <!--share-->9 %<!--/-->,\n**<!--kv-bytes--><!--/-->** a token.';
  const once = 'So <!--share-->66.7 %<!--/-->,\n**<!--kv-bytes-->3072 bytes<!--/-->** a token.';
  assert.equal(withNumbers(text, numbers), once);
  assert.equal(withNumbers(once, numbers), once);
});

for (const text of [
  '`<!--share--><!--/-->`', '``a ` <!--share--><!--/-->``', '```html\n<!--share--><!--/-->\n```\n', '$x<!--share--><!--/-->$',
  '<!--other-->1<!--/-->', '<!-- share -->1<!--/-->', '<!--share-->1 without an end', '<!--share-->1\n2<!--/-->',
]) {
  void test(`${JSON.stringify(text)} stays as it is`, () => { assert.equal(withNumbers(text, numbers), text); });
}
