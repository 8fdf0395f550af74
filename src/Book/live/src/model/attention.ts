import type { Matrix } from '../arithmetic/arithmetic';
import { addScaled, dot, softmax } from '../arithmetic/vectors';
import type { LayerCache } from './cache';
import type { ModelConfig } from './config';
import type { Rotary } from './rotary';

/** The four projections of an attention. */
export interface AttentionWeights {
  readonly query: Matrix;
  readonly key: Matrix;
  readonly value: Matrix;
  readonly output: Matrix;
}

/** What a display asks of one attention. */
export interface AttentionProbe {
  /** [heads, time, past + time], written: how much each token takes from each. */
  readonly scores?: Float32Array;
  /** Heads whose output becomes zero. */
  readonly silenced: ReadonlySet<number>;
}

/** Causal attention with grouped heads: several query heads share a key and a value. Vaswani et al. 2017; Ainslie et al. 2023. */
export class Attention {
  constructor(private readonly config: ModelConfig, private readonly weights: AttentionWeights, private readonly rotary: Rotary) {}

  /** @param x [time, hidden] @param past Tokens in the cache, which gets these too. @returns [time, hidden] */
  forward(x: Float32Array, past: number, cache: LayerCache, probe?: AttentionProbe): Float32Array {
    const { heads, kvHeads, headDim, hidden } = this.config;
    const time = x.length / hidden;
    const [queries, keys, values] = [this.weights.query.multiply(x), this.weights.key.multiply(x), this.weights.value.multiply(x)];
    const mixed = new Float32Array(time * heads * headDim);
    for (let t = 0; t < time; t++) {
      this.rotary.rotate(queries, t * heads * headDim, heads, past + t);
      this.rotary.rotate(keys, t * kvHeads * headDim, kvHeads, past + t);
      cache.write(keys, values, t, past + t);
      for (let head = 0; head < heads; head++) {
        if (probe?.silenced.has(head) === true) continue;
        const at = (t * heads + head) * headDim;
        const { scores, mixture } = this.attend(new Float64Array(queries.subarray(at, at + headDim)), head, past + t + 1, cache);
        mixed.set(mixture, at);
        probe?.scores?.set(scores, (head * time + t) * (past + time));
      }
    }
    return this.weights.output.multiply(mixed);
  }

  /** One head of one token: compares its query [headDim] with `reach` keys and mixes their values. */
  private attend(query: Float64Array, head: number, reach: number, cache: LayerCache): { scores: Float32Array; mixture: Float64Array } {
    const { heads, kvHeads, headDim } = this.config;
    const start = cache.at(Math.floor((head * kvHeads) / heads), 0);
    const [scores, mixture] = [new Float32Array(reach), new Float64Array(headDim)];
    const scale = 1 / Math.sqrt(headDim);
    for (let past = 0; past < reach; past++) scores[past] = scale * dot(query, cache.keys, start + past * headDim);
    softmax(scores);
    for (let past = 0; past < reach; past++) addScaled(mixture, cache.values, start + past * headDim, scores[past]);
    return { scores, mixture };
  }
}
