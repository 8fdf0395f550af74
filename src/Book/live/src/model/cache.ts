import type { ModelConfig } from './config';

/** Keys and values of the tokens that were read, so that the next token is read alone. */
export class KeyValueCache {
  /** Tokens that it holds. */
  length = 0;
  readonly layers: readonly LayerCache[];

  /** @param capacity Tokens that fit. */
  constructor(config: ModelConfig, readonly capacity: number) {
    this.layers = Array.from({ length: config.layers }, () => new LayerCache(config, capacity));
  }
}

/**
 * One layer's keys and values, each [kvHeads, capacity, headDim]: the keys of a head lie one behind the other. They are float32 numbers in
 * float64 arrays, because JavaScript computes in float64 and would convert each of them every time that it is read.
 */
export class LayerCache {
  readonly keys: Float64Array;
  readonly values: Float64Array;

  constructor(private readonly config: ModelConfig, private readonly capacity: number) {
    this.keys = new Float64Array(config.kvHeads * capacity * config.headDim);
    this.values = new Float64Array(this.keys.length);
  }

  /** Where a token of a head begins in keys and values. */
  at(kvHead: number, position: number): number {
    return (kvHead * this.capacity + position) * this.config.headDim;
  }

  /** Keeps one token's key and value. @param keys [time, kvHeads * headDim] @param t Which of them. */
  write(keys: Float32Array, values: Float32Array, t: number, position: number): void {
    const { kvHeads, headDim } = this.config;
    for (let kvHead = 0; kvHead < kvHeads; kvHead++) {
      const from = (t * kvHeads + kvHead) * headDim;
      this.keys.set(keys.subarray(from, from + headDim), this.at(kvHead, position));
      this.values.set(values.subarray(from, from + headDim), this.at(kvHead, position));
    }
  }
}
