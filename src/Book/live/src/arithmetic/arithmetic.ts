/** Who multiplies with weights. Two do: WebAssembly, and plain TypeScript, which the other is tested against. */
export interface Arithmetic {
  readonly name: 'webassembly' | 'plain';

  /** Takes over a weight matrix. @param bits [rows, columns] bfloat16 */
  matrix(bits: Uint16Array, rows: number, columns: number): Matrix;
}

/** A weight matrix, wherever its arithmetic keeps it. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;

  /** x Wᵀ in float32. @param x [time, columns] @returns [time, rows] */
  multiply(x: Float32Array): Float32Array;
}
