import { probabilities } from '../generation/logitSteps';
import type { ByteLevelBpe, TextToken } from '../tokenizer/byteLevelBpe';
import { KeyValueCache } from './cache';
import type { Decoder, Probe } from './decoder';

/** What a forward is asked to show. */
export interface InspectionOptions {
  /** Record the hidden state after the embedding and after each layer. */
  hidden?: boolean | undefined;
  /** Record how much each token takes from each, by layer and head. */
  attention?: boolean | undefined;
  /** Logit lens: what the hidden state at each depth would predict, as so many likeliest tokens. nostalgebraist 2020. */
  lens?: number | undefined;
  /** Heads whose output becomes zero, as [layer, head]. */
  silencedHeads?: readonly (readonly [layer: number, head: number])[] | undefined;
}

/** One forward, laid open. Arrays are row-major. */
export interface Inspection {
  readonly tokens: readonly TextToken[];
  /** [time, vocab] */
  readonly logits: Float32Array;
  /** A [time, hidden] for each depth: 0 is after the embedding, n after layer n, before the last norm. */
  readonly hidden?: readonly Float32Array[];
  /** A [heads, time, time] for each layer: [head, to, from], rows summing to 1, zeros above the diagonal. A silenced head has zeros. */
  readonly attention?: readonly Float32Array[];
  /** [depth][time], likeliest first; the last depth is the model's own prediction. */
  readonly lens?: readonly (readonly (readonly Candidate[])[])[];
}

/** A token with the probability that the model gives it. */
export interface Candidate extends TextToken {
  readonly probability: number;
}

/** One forward over a text, without an earlier cache. @param tokens At least one, at most the context. */
export function inspect(decoder: Decoder, tokenizer: ByteLevelBpe, tokens: number[], options: InspectionOptions): Inspection {
  const { layers, heads } = decoder.config;
  const time = tokens.length;
  const states: Float32Array[] = [];
  const scores = options.attention === true ? Array.from({ length: layers }, () => new Float32Array(heads * time * time)) : undefined;
  const silenced = silencedByLayer(options.silencedHeads ?? [], layers, heads);
  const keepsStates = options.hidden === true || options.lens !== undefined;
  const probe: Probe = {
    attention: (layer) => ({ silenced: silenced[layer], ...(scores && { scores: scores[layer] }) }),
    hidden: (_, x) => { if (keepsStates) states.push(x.slice()); },
  };
  const last = decoder.forward(tokens, new KeyValueCache(decoder.config, time), probe);
  const count = options.lens;
  return {
    tokens: tokens.map((id) => tokenizer.token(id)),
    logits: decoder.logits(last),
    ...(options.hidden === true && { hidden: states }),
    ...(scores && { attention: scores }),
    ...(count !== undefined && { lens: states.map((state) => lens(decoder, tokenizer, state, count)) }),
  };
}

function silencedByLayer(silenced: readonly (readonly [number, number])[], layers: number, heads: number): ReadonlySet<number>[] {
  const wrong = silenced.find(([layer, head]) => !(layer >= 0 && layer < layers && head >= 0 && head < heads));
  if (wrong !== undefined)
    throw new RangeError(`There is no head [${wrong.join(', ')}]: the model has ${layers} layers of ${heads} heads, counted from 0.`);
  return Array.from({ length: layers }, (_, layer) => new Set(silenced.filter((one) => one[0] === layer).map((one) => one[1])));
}

function lens(decoder: Decoder, tokenizer: ByteLevelBpe, state: Float32Array, count: number): Candidate[][] {
  const { vocab } = decoder.config;
  const logits = decoder.logits(state);
  return Array.from({ length: logits.length / vocab }, (_, t) => candidates(tokenizer, logits.subarray(t * vocab, (t + 1) * vocab), count));
}

/** The likeliest tokens, likeliest first; of equals, the lower id first. @param logits [vocab] */
export function candidates(tokenizer: ByteLevelBpe, logits: Float32Array, count: number): Candidate[] {
  const shares = probabilities(logits);
  const order = Array.from(shares.keys()).sort((a, b) => shares[b] - shares[a] || a - b);
  return order.slice(0, count).map((id) => ({ ...tokenizer.token(id), probability: shares[id] }));
}
