/** Widens bfloat16 to float32, exactly: the same bits with 16 zeros below them. */
export function widen(bits: Uint16Array): Float32Array {
  const wide = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) wide[i] = bits[i] << 16;
  return new Float32Array(wide.buffer);
}
