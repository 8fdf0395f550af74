import kernel from 'kernel/products';
import type { Arithmetic, Matrix } from './arithmetic';

type Multiply = (weights: number, x: number, y: number, rows: number, columns: number, time: number) => void;

const pageBytes = 65_536;
const tokensAtOnce = 16;

/**
 * Products by kernel/products.ts in WebAssembly, whose memory is | weights of all matrices | x | y |. Rows are padded to a multiple of 4
 * and columns to one of 8 with zeros, so that the kernel needs no tails.
 */
export class WasmArithmetic implements Arithmetic {
  readonly name = 'webassembly';
  private readonly memory = new WebAssembly.Memory({ initial: 1 });
  private readonly kernel: Multiply;
  private end = pageBytes;    // AssemblyScript keeps the first page for itself
  private widest = 0;
  private room: { x: number; y: number; width: number } | undefined;

  private constructor(module: WebAssembly.Module) {
    this.kernel = new WebAssembly.Instance(module, { env: { memory: this.memory } }).exports['multiply'] as Multiply;
  }

  /** Null where the browser has no WebAssembly with SIMD. */
  static create(): WasmArithmetic | null {
    return typeof WebAssembly === 'object' && WebAssembly.validate(kernel) ? new WasmArithmetic(new WebAssembly.Module(kernel)) : null;
  }

  matrix(bits: Uint16Array, rows: number, columns: number): Matrix {
    const [paddedRows, paddedColumns] = [padded(rows, 4), padded(columns, 8)];
    const at = this.reserve(paddedRows * paddedColumns * 2);
    store(new Uint16Array(this.memory.buffer, at, paddedRows * paddedColumns), bits, rows, columns, paddedColumns);
    this.widest = Math.max(this.widest, paddedRows, paddedColumns);
    return { rows, columns, multiply: (x) => this.multiply(at, x, rows, columns) };
  }

  private multiply(weights: number, x: Float32Array, rows: number, columns: number): Float32Array {
    const time = x.length / columns;
    const [paddedRows, paddedColumns] = [padded(rows, 4), padded(columns, 8)];
    const room = this.scratch();
    const [input, output] = [room.x, room.y].map((at) => new Float32Array(this.memory.buffer, at, tokensAtOnce * room.width));
    const result = new Float32Array(time * rows);
    for (let from = 0; from < time; from += tokensAtOnce) {
      const count = Math.min(tokensAtOnce, time - from);
      copyRows(x, from, columns, input, 0, paddedColumns, count, columns);
      this.kernel(weights, room.x, room.y, paddedRows, paddedColumns, count);
      copyRows(output, 0, paddedRows, result, from, rows, count, rows);
    }
    return result;
  }

  private scratch(): { x: number; y: number; width: number } {
    if (this.room === undefined || this.room.width < this.widest) {
      const bytes = tokensAtOnce * this.widest * 4;
      this.room = { x: this.reserve(bytes), y: this.reserve(bytes), width: this.widest };
    }
    return this.room;
  }

  private reserve(bytes: number): number {
    const at = this.end;
    this.end = padded(at + bytes, 16);
    const missing = Math.ceil((this.end - this.memory.buffer.byteLength) / pageBytes);
    if (missing > 0) this.memory.grow(missing);
    return at;
  }
}

const padded = (size: number, multiple: number): number => Math.ceil(size / multiple) * multiple;

// Eight weights 0 1 2 3 4 5 6 7 are stored as 0 4 1 5 2 6 3 7: the kernel says why.
function store(place: Uint16Array, bits: Uint16Array, rows: number, columns: number, paddedColumns: number): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const within = column & 7;
      const moved = column - within + (within < 4 ? 2 * within : 2 * within - 7);
      place[row * paddedColumns + moved] = bits[row * columns + column];
    }
  }
}

// The rest of a padded input row may hold anything finite: the weights there are zeros. It never holds anything but what x was.
function copyRows(
  source: Float32Array, sourceRow: number, sourceWidth: number, target: Float32Array, targetRow: number, targetWidth: number,
  count: number, width: number,
): void {
  for (let row = 0; row < count; row++) {
    const from = (sourceRow + row) * sourceWidth;
    target.set(source.subarray(from, from + width), (targetRow + row) * targetWidth);
  }
}
