/** a += b. */
export function add(a: Float32Array, b: Float32Array): void {
  for (let i = 0; i < a.length; i++) a[i] += b[i];
}

/** The dot product of `size` components. Four sums do not wait for one another; they are float64, as all of JavaScript's are. */
export function dot(a: Float32Array, atA: number, b: Float32Array, atB: number, size: number): number {
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < size; i += 4) {
    sum0 += a[atA + i] * b[atB + i];
    sum1 += a[atA + i + 1] * b[atB + i + 1];
    sum2 += a[atA + i + 2] * b[atB + i + 2];
    sum3 += a[atA + i + 3] * b[atB + i + 3];
  }
  for (; i < size; i++) sum0 += a[atA + i] * b[atB + i];
  return sum0 + sum1 + sum2 + sum3;
}

/** target += factor * source, `size` components. */
export function addScaled(
  target: Float32Array, atTarget: number, source: Float32Array, atSource: number, factor: number, size: number,
): void {
  for (let i = 0; i < size; i++) target[atTarget + i] += factor * source[atSource + i];
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
