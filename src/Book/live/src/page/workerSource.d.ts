// bundle.mjs makes one script of worker/worker.ts when it is imported under this name.
declare module 'worker/source' {
  const source: string;
  export default source;
}
