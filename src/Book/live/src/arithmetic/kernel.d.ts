// bundle.mjs compiles kernel/products.ts when it is imported under this name.
declare module 'kernel/products' {
  const wasm: Uint8Array<ArrayBuffer>;
  export default wasm;
}
