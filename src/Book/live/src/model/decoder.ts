import { widen } from '../arithmetic/bfloat16';
import type { Arithmetic, Matrix } from '../arithmetic/arithmetic';
import { add } from '../arithmetic/vectors';
import { Attention, type AttentionProbe } from './attention';
import type { KeyValueCache } from './cache';
import type { ModelConfig } from './config';
import { FeedForward } from './feedForward';
import { RmsNorm } from './rmsNorm';
import { Rotary } from './rotary';
import type { Weights } from './weights';

/** What a display asks of a forward. */
export interface Probe {
  /** The attention of a layer. */
  attention(layer: number): AttentionProbe;
  /** Gets the hidden state: 0 is after the embedding, n after layer n. @param x [time, hidden], to be copied. */
  hidden(depth: number, x: Float32Array): void;
}

/** The transformer: ids -> hidden states -> logits. */
export class Decoder {
  private readonly embedding: Uint16Array;
  private readonly layers: readonly Layer[];
  private readonly norm: RmsNorm;
  private readonly head: Matrix;

  constructor(readonly config: ModelConfig, weights: Weights, arithmetic: Arithmetic) {
    const { vocab, hidden } = config;
    const rotary = new Rotary(config.headDim, config.ropeTheta);
    this.embedding = weights.get('model.embed_tokens.weight', vocab, hidden);
    this.layers = Array.from(
      { length: config.layers }, (_, layer) => readLayer(`model.layers.${layer}`, config, weights, arithmetic, rotary));
    this.norm = new RmsNorm(weights.get('model.norm.weight', hidden), config.normEpsilon);
    const head = config.tiedEmbeddings ? this.embedding : weights.get('lm_head.weight', vocab, hidden);
    this.head = arithmetic.matrix(head, vocab, hidden);
  }

  /** Reads tokens behind those in the cache, which gets them too. @returns [time, hidden], before the last norm */
  forward(tokens: readonly number[], cache: KeyValueCache, probe?: Probe): Float32Array {
    const x = this.embed(tokens);
    probe?.hidden(0, x);
    for (const [index, layer] of this.layers.entries()) {
      add(x, layer.attention.forward(layer.attentionNorm.apply(x), cache.length, cache.layers[index], probe?.attention(index)));
      add(x, layer.feedForward.forward(layer.feedForwardNorm.apply(x)));
      probe?.hidden(index + 1, x);
    }
    cache.length += tokens.length;
    return x;
  }

  /** What a hidden state predicts. @param x [time, hidden] @returns [time, vocab] */
  logits(x: Float32Array): Float32Array {
    return this.head.multiply(this.norm.apply(x));
  }

  /** The last token's part. @param x [time, hidden] @returns [hidden] */
  last(x: Float32Array): Float32Array {
    return x.subarray(x.length - this.config.hidden);
  }

  private embed(tokens: readonly number[]): Float32Array {
    const { hidden } = this.config;
    const x = new Float32Array(tokens.length * hidden);
    for (const [t, token] of tokens.entries()) x.set(widen(this.embedding.subarray(token * hidden, (token + 1) * hidden)), t * hidden);
    return x;
  }
}

/** Pre-norm layer: attention, then feed-forward, each added back to its input. */
interface Layer {
  readonly attentionNorm: RmsNorm;
  readonly attention: Attention;
  readonly feedForwardNorm: RmsNorm;
  readonly feedForward: FeedForward;
}

function readLayer(name: string, config: ModelConfig, weights: Weights, arithmetic: Arithmetic, rotary: Rotary): Layer {
  const { hidden, heads, kvHeads, headDim, feedForward, normEpsilon } = config;
  const matrix = (part: string, rows: number, columns: number): Matrix =>
    arithmetic.matrix(weights.get(`${name}.${part}.weight`, rows, columns), rows, columns);
  const norm = (part: string): RmsNorm => new RmsNorm(weights.get(`${name}.${part}.weight`, hidden), normEpsilon);
  const attention = {
    query: matrix('self_attn.q_proj', heads * headDim, hidden),
    key: matrix('self_attn.k_proj', kvHeads * headDim, hidden),
    value: matrix('self_attn.v_proj', kvHeads * headDim, hidden),
    output: matrix('self_attn.o_proj', hidden, heads * headDim),
  };
  return {
    attentionNorm: norm('input_layernorm'),
    attention: new Attention(config, attention, rotary),
    feedForwardNorm: norm('post_attention_layernorm'),
    feedForward: new FeedForward(
      matrix('mlp.gate_proj', feedForward, hidden),
      matrix('mlp.up_proj', feedForward, hidden),
      matrix('mlp.down_proj', hidden, feedForward)),
  };
}
