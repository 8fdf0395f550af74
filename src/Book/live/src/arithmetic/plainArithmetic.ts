import type { Arithmetic, Matrix } from './arithmetic';
import { widen } from './bfloat16';

/** Products in plain TypeScript: the obvious loop, for browsers without WebAssembly SIMD and as what WebAssembly is tested against. */
export const plainArithmetic: Arithmetic = {
  name: 'plain',
  matrix: (bits, rows, columns) => new PlainMatrix(widen(bits), rows, columns),
};

class PlainMatrix implements Matrix {
  constructor(private readonly weights: Float32Array, readonly rows: number, readonly columns: number) {}

  multiply(x: Float32Array): Float32Array {
    const time = x.length / this.columns;
    const y = new Float32Array(time * this.rows);
    for (let t = 0; t < time; t++) {
      for (let row = 0; row < this.rows; row++) y[t * this.rows + row] = this.product(row, x, t * this.columns);
    }
    return y;
  }

  private product(row: number, x: Float32Array, at: number): number {
    let sum = 0;
    for (let column = 0, from = row * this.columns; column < this.columns; column++) sum += this.weights[from + column] * x[at + column];
    return sum;
  }
}
