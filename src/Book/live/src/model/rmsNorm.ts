import { widen } from '../arithmetic/bfloat16';

/** Divides a vector by its root mean square, then scales each component by a learned gain. Zhang and Sennrich 2019, arXiv:1910.07467. */
export class RmsNorm {
  private readonly gain: Float32Array;

  /** @param gain [size] bfloat16 @param epsilon Added to the mean square, so that a vector of zeros stays zero. */
  constructor(gain: Uint16Array, private readonly epsilon: number) {
    this.gain = widen(gain);
  }

  /** @param x [time, size] @returns [time, size] */
  apply(x: Float32Array): Float32Array {
    const size = this.gain.length;
    const y = new Float32Array(x.length);
    for (let from = 0; from < x.length; from += size) {
      let squares = 0;
      for (let i = 0; i < size; i++) squares += x[from + i] * x[from + i];
      const scale = 1 / Math.sqrt(squares / size + this.epsilon);
      for (let i = 0; i < size; i++) y[from + i] = x[from + i] * scale * this.gain[i];
    }
    return y;
  }
}
