// The one hot loop, in AssemblyScript: TypeScript's syntax, compiled to WebAssembly with SIMD. src/arithmetic/plainArithmetic.ts is the
// same in plain TypeScript.
//
// A weight is a bfloat16, the upper half of a float32: with 16 bits of zeros below it, it *is* the float32, exactly. Eight weights of a row
// lie in the order 0 4 1 5 2 6 3 7, so that the lower halves of four 32-bit lanes are weights 0 to 3, and the upper halves 4 to 7.

/**
 * y[t, row] = sum over columns of weights[row, column] * x[t, column], in float32.
 * @param weights [rows, columns] bfloat16 in the order above; rows is a multiple of 4, columns of 8.
 * @param x [time, columns] float32
 * @param y [time, rows] float32, written.
 */
export function multiply(weights: usize, x: usize, y: usize, rows: i32, columns: i32, time: i32): void {
  const rowBytes = <usize>columns * 2;
  for (let row = 0; row < rows; row += 4) {
    // Four rows stay in the fastest cache while every token is multiplied with them.
    const first = weights + <usize>row * rowBytes;
    for (let t = 0; t < time; t++) {
      multiplyFourRows(first, rowBytes, x + (<usize>t * columns) * 4, y + (<usize>t * rows + row) * 4);
    }
  }
}

// Four rows at once: a vector of x is loaded once for all of them, and four sums do not wait for one another.
// @ts-ignore: decorator
@inline
function multiplyFourRows(row0: usize, rowBytes: usize, x: usize, y: usize): void {
  const row1 = row0 + rowBytes, row2 = row1 + rowBytes, row3 = row2 + rowBytes;
  let sum0 = f32x4.splat(0), sum1 = f32x4.splat(0), sum2 = f32x4.splat(0), sum3 = f32x4.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const x0 = v128.load(x + 2 * at), x1 = v128.load(x + 2 * at, 16);
    sum0 = addProducts(sum0, v128.load(row0 + at), x0, x1);
    sum1 = addProducts(sum1, v128.load(row1 + at), x0, x1);
    sum2 = addProducts(sum2, v128.load(row2 + at), x0, x1);
    sum3 = addProducts(sum3, v128.load(row3 + at), x0, x1);
  }
  store<f32>(y, total(sum0));
  store<f32>(y, total(sum1), 4);
  store<f32>(y, total(sum2), 8);
  store<f32>(y, total(sum3), 12);
}

// Eight weights with eight components of x.
// @ts-ignore: decorator
@inline
function addProducts(sum: v128, weights: v128, x0: v128, x1: v128): v128 {
  const first = i32x4.shl(weights, 16);
  const second = v128.and(weights, i32x4.splat(0xffff0000));
  return f32x4.add(f32x4.add(sum, f32x4.mul(first, x0)), f32x4.mul(second, x1));
}

// @ts-ignore: decorator
@inline
function total(sums: v128): f32 {
  return f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
}
