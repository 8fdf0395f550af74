/** a += b. */
export function add(a: Float32Array, b: Float32Array): void {
  for (let i = 0; i < a.length; i++) a[i] += b[i];
}

/** The dot product of a with as many components of b. Four sums do not wait for one another. */
export function dot(a: Float64Array, b: Float64Array, atB: number): number {
  let sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    sum0 += a[i] * b[atB + i];
    sum1 += a[i + 1] * b[atB + i + 1];
    sum2 += a[i + 2] * b[atB + i + 2];
    sum3 += a[i + 3] * b[atB + i + 3];
  }
  for (; i < a.length; i++) sum0 += a[i] * b[atB + i];
  return sum0 + sum1 + sum2 + sum3;
}

/** target += factor * as many components of source. */
export function addScaled(target: Float64Array, source: Float64Array, atSource: number, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * source[atSource + i];
}

/** Softmax of `size` components in place: e to each of them, divided by the sum. Minus infinity becomes 0. */
export function softmax(x: Float32Array, at = 0, size = x.length): void {
  let highest = -Infinity;
  for (let i = 0; i < size; i++) highest = Math.max(highest, x[at + i]);
  let sum = 0;
  for (let i = 0; i < size; i++) sum += x[at + i] = Math.exp(x[at + i] - highest);
  for (let i = 0; i < size; i++) x[at + i] /= sum;
}

/** The index of the largest; of equals, the first. */
export function indexOfMax(x: Float32Array): number {
  let best = 0;
  for (let i = 1; i < x.length; i++) if (x[i] > x[best]) best = i;
  return best;
}
