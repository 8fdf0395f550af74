import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainArithmetic } from '../src/arithmetic/plainArithmetic';
import { WasmArithmetic } from '../src/arithmetic/wasmArithmetic';
import { widen } from '../src/arithmetic/bfloat16';
import { logitSteps, probabilities } from '../src/generation/logitSteps';
import { SeededRandom } from '../src/generation/random';
import { complete } from '../src/generation/settings';
import { join } from '../src/model/modelFile';
import { merge } from '../src/tokenizer/merging';
import { readPreTokenizer } from '../src/tokenizer/preTokenizer';
import { tokenText } from '../src/tokenizer/tokenText';

void test('WebAssembly multiplies as plain TypeScript does, for every tail of rows, columns and tokens', () => {
  const wasm = WasmArithmetic.create();
  assert(wasm);
  const random = new SeededRandom(1);
  for (let rows = 1; rows <= 9; rows++) {
    for (let columns = 1; columns <= 17; columns++) {
      const bits = Uint16Array.from({ length: rows * columns }, () => randomBits(random));
      const [fast, plain] = [wasm.matrix(bits, rows, columns), plainArithmetic.matrix(bits, rows, columns)];
      for (const time of [1, 2, 16, 17]) {
        const x = Float32Array.from({ length: time * columns }, () => random.next() - 0.5);
        assertClose(fast.multiply(x), plain.multiply(x), bounds(widen(bits), x, rows, columns));
      }
    }
  }
});

void test('a bfloat16 is joined from its planes: sign, exponent, mantissa', () => {
  // -1.5 is 1 01111111 1000000.
  assert.deepEqual([...widen(join(Uint8Array.of(0b0111_1111), Uint8Array.of(0b1000_0001)))], [-1.5]);
});

void test("a seed gives the samples of .NET's Random", () => {
  const random = new SeededRandom(42);
  // new Random(42).NextDouble(), three times.
  assert.deepEqual([random.next(), random.next(), random.next()], [0.6681064659115423, 0.14090729837348093, 0.12551828945312568]);
});

void test('the lowest rank is merged first, wherever it stands', () => {
  const ranks = new Map([['b c', 0], ['a b', 1], ['a bc', 2]]);
  const pieces = ['a', 'b', 'c', 'a', 'b'];
  const steps: string[] = [];
  merge(pieces, ranks, (step) => steps.push(step.pieces.join('|')));
  assert.deepEqual(steps, ['a|bc|a|b', 'a|bc|ab', 'abc|ab']);
});

void test('digits stand alone, and a space belongs to the word behind it', () => {
  const split = readPreTokenizer({ type: 'Sequence', pretokenizers: [
    { type: 'Digits', individual_digits: true }, { type: 'ByteLevel', add_prefix_space: false, use_regex: true }] });
  assert.deepEqual(split("I've 12  apples"), ['I', "'ve", ' ', '1', '2', ' ', ' apples']);
});

void test('part of a character is shown as its bytes', () => {
  assert.equal(tokenText(Uint8Array.of(0x61, 0xc3, 0xa9, 0xe2, 0x82)), 'aé<0xE2><0x82>');
});

void test('each step rules out what it should', () => {
  const left = (settings: Parameters<typeof logitSteps>[0]): number[] => {
    const logits = Float32Array.of(0.4, 0.3, 0.2, 0.1).map(Math.log);
    for (const step of logitSteps(settings)) step.apply(logits);
    return [...logits.keys()].filter((id) => logits[id] > -Infinity);
  };
  assert.deepEqual(left({ topK: 2 }), [0, 1]);
  assert.deepEqual(left({ topP: 0.75 }), [0, 1, 2]);
  assert.deepEqual(left({ minP: 0.6 }), [0, 1]);
  assert.deepEqual(left({ temperature: 2, topP: 1, minP: 0 }), [0, 1, 2, 3]);
});

void test('temperature sharpens and flattens', () => {
  const logits = Float32Array.of(0, Math.log(3));
  logitSteps({ temperature: 0.5 })[0].apply(logits);
  // Odds of 3 to 1 become 9 to 1.
  assert(Math.abs(probabilities(logits)[1] - 0.9) < 1e-6);
});

void test('without any setting the likeliest token is taken, and asking for top-k asks for sampling', () => {
  assert.equal(complete({}, {}).temperature, 0);
  assert.equal(complete({ topK: 5 }, {}).temperature, 1);
  assert.equal(complete({}, { do_sample: true, temperature: 0.7, top_k: 0 }).temperature, 0.7);
  assert.throws(() => complete({ topP: 1.5 }, {}), { message: 'topP is 1.5; it must be above 0 and at most 1.' });
});

// A bfloat16 between 2^-7 and 2 with either sign.
const randomBits = (random: SeededRandom): number =>
  ((random.next() < 0.5 ? 1 : 0) << 15) | ((120 + Math.floor(random.next() * 8)) << 7) | Math.floor(random.next() * 128);

// Summing n products in any order is off by at most n times float32's rounding, of the sum of their sizes.
function bounds(weights: Float32Array, x: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from({ length: (x.length / columns) * rows }, (_, i) => {
    const [row, t] = [i % rows, Math.floor(i / rows)];
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += Math.abs(weights[row * columns + c] * x[t * columns + c]);
    return (columns + 1) * 2 ** -23 * sum;
  });
}

function assertClose(found: Float32Array, expected: Float32Array, bound: Float32Array): void {
  assert.equal(found.length, expected.length);
  for (const [i, value] of expected.entries()) assert(Math.abs(found[i] - value) <= bound[i], `${found[i]} is not ${value}`);
}
