import { KeyValueCache } from '../model/cache';
import type { Decoder } from '../model/decoder';
import type { ByteLevelBpe, TextToken } from '../tokenizer/byteLevelBpe';
import { StreamingDecoder } from '../tokenizer/streamingDecoder';
import { Sampler } from './sampler';
import { complete, type GenerationJson, type SamplingSettings } from './settings';

/** How a text is continued. */
export interface GenerationSettings extends SamplingSettings {
  /** Tokens to write at most. Default: the model's max_new_tokens, else 128; never more than the context has room for. */
  maxTokens?: number | undefined;
}

/** A generated token. */
export interface GeneratedToken {
  readonly id: number;
  /** What can be printed now: "" for a special token, and while a character is incomplete. */
  readonly text: string;
  /** The token itself, with the text of a special one. */
  readonly piece: TextToken;
}

/** Why a generation ended. */
export type StopReason = 'end_turn' | 'max_tokens' | 'cancelled';

/** What was written. */
export interface Generation {
  readonly prompt_tokens: number[];
  /** Without the token that ended the turn. */
  readonly tokens: number[];
  readonly text: string;
  readonly stop_reason: StopReason;
  /** Decoded tokens a second: all but the first, which the prefill gives. 0 where nothing was decoded. */
  readonly tokens_per_s: number;
  /** Reading the prompt, milliseconds. */
  readonly prefill_ms: number;
  /** From the first token to the last, milliseconds. */
  readonly decode_ms: number;
}

/** Who listens to a generation. */
export interface GenerationListener {
  onToken(token: GeneratedToken): void;
  /** Lets messages in; true ends the text. */
  isCancelled(): Promise<boolean>;
}

/** Continues a prompt: prefill, then sample and decode in turn. @throws where the prompt is empty, too long or not of this vocabulary. */
export async function generate(
  decoder: Decoder, tokenizer: ByteLevelBpe, defaults: GenerationJson, prompt: number[], settings: GenerationSettings,
  listener: GenerationListener,
): Promise<Generation> {
  checkTokens(prompt, decoder.config.vocab, decoder.config.context - 1);
  const limit = Math.min(checkLimit(settings.maxTokens ?? defaults.max_new_tokens ?? 128), decoder.config.context - prompt.length);
  const ends = [defaults.eos_token_id ?? decoder.config.eosTokens].flat();
  const [sampler, printer] = [new Sampler(complete(settings, defaults)), new StreamingDecoder(tokenizer)];
  const cache = new KeyValueCache(decoder.config, prompt.length + limit);
  const tokens: number[] = [];
  let [text, decoded, stopReason] = ['', 0, undefined as StopReason | undefined];

  const begin = performance.now();
  let hidden = decoder.last(decoder.forward(prompt, cache));
  const read = performance.now();
  let first = read;
  for (;;) {
    const token = sampler.sample(decoder.logits(hidden));
    if (tokens.length === 0) first = performance.now();
    else decoded++;
    if (ends.includes(token)) stopReason = 'end_turn';
    else text += hand(token);
    stopReason ??= tokens.length === limit ? 'max_tokens' : (await listener.isCancelled()) ? 'cancelled' : undefined;
    if (stopReason !== undefined) break;
    hidden = decoder.forward([token], cache);
  }
  const decodeMs = performance.now() - first;
  return {
    prompt_tokens: prompt, tokens, text: text + printer.flush(), stop_reason: stopReason,
    tokens_per_s: decoded === 0 ? 0 : (1000 * decoded) / decodeMs, prefill_ms: read - begin, decode_ms: decodeMs,
  };

  function hand(token: number): string {
    tokens.push(token);
    const printed = printer.add(token);
    listener.onToken({ id: token, text: printed, piece: tokenizer.token(token) });
    return printed;
  }
}

/** Refuses tokens that the model cannot read. */
export function checkTokens(tokens: readonly number[], vocab: number, most: number): void {
  if (tokens.length === 0) throw new RangeError('The prompt is empty: the model needs at least one token to continue from.');
  if (tokens.length > most) throw new RangeError(`The prompt has ${tokens.length} tokens and may have ${most}. Shorten it.`);
  const wrong = tokens.find((token) => !Number.isInteger(token) || token < 0 || token >= vocab);
  if (wrong !== undefined) throw new RangeError(`Token ${wrong} is not in the vocabulary, which goes from 0 to ${vocab - 1}.`);
}

function checkLimit(maxTokens: number): number {
  if (Number.isInteger(maxTokens) && maxTokens >= 1) return maxTokens;
  throw new RangeError(`maxTokens is ${maxTokens}; it must be a whole number from 1 on.`);
}
