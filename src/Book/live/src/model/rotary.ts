/**
 * Rotary positions: turns pairs of components by an angle that grows with the token's position. Component i is paired with component
 * i + headDim / 2. Su et al. 2021, arXiv:2104.09864, section 3.2.
 */
export class Rotary {
  private readonly frequencies: Float32Array;    // [headDim / 2], radians a token

  constructor(private readonly headDim: number, theta: number) {
    this.frequencies = Float32Array.from({ length: headDim / 2 }, (_, i) => theta ** ((-2 * i) / headDim));
  }

  /** Turns all heads of one token in place. @param x [..., heads * headDim] @param at Where the token begins in x. */
  rotate(x: Float32Array, at: number, heads: number, position: number): void {
    const half = this.headDim / 2;
    for (let i = 0; i < half; i++) {
      const angle = Math.fround(position * this.frequencies[i]);    // float32, as the engine's
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (let head = 0, first = at + i; head < heads; head++, first += this.headDim) {
        const [a, b] = [x[first], x[first + half]];
        x[first] = a * cosine - b * sine;
        x[first + half] = b * cosine + a * sine;
      }
    }
  }
}
