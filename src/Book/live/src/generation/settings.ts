/**
 * How each token is sampled. What is left out comes from the model's generation_config.json; where that says nothing, the likeliest token
 * is taken.
 */
export interface SamplingSettings {
  /** Divides the logits; 0 takes the likeliest token. */
  temperature?: number | undefined;
  /** Only so many of the likeliest tokens stay. */
  topK?: number | undefined;
  /** Only the smallest set of likeliest tokens whose probabilities reach this sum stays. */
  topP?: number | undefined;
  /** Only tokens at least so probable, as a share of the likeliest one's probability, stay. */
  minP?: number | undefined;
  /** The same seed gives the same samples. Default 0. */
  seed?: number | undefined;
}

/** generation_config.json */
export interface GenerationJson {
  eos_token_id?: number | number[] | null;
  do_sample?: boolean;
  temperature?: number;
  top_k?: number;
  top_p?: number;
  min_p?: number;
  max_new_tokens?: number;
}

/** What a caller said, completed by the model's own settings, as src/Engine/Checkpoints/GenerationDefaults.cs does it. */
export function complete(said: SamplingSettings, model: GenerationJson): SamplingSettings {
  checkSettings(said);
  const asksForSampling = (said.topK ?? said.topP ?? said.minP) !== undefined;
  const own = model.do_sample === true ? model : {};
  const temperature = said.temperature ?? (model.do_sample === true || asksForSampling ? model.temperature ?? 1 : 0);
  const topK = own.top_k === 0 ? undefined : own.top_k;    // 0 is all, as in transformers
  return { seed: said.seed ?? 0, temperature, topK: said.topK ?? topK, topP: said.topP ?? own.top_p, minP: said.minP ?? own.min_p };
}

function checkSettings({ temperature, topK, topP, minP }: SamplingSettings): void {
  check('temperature', temperature, (value) => value >= 0 && Number.isFinite(value), '0 or more');
  check('topK', topK, (value) => value >= 1 && Number.isInteger(value), 'a whole number from 1 on');
  check('topP', topP, (value) => value > 0 && value <= 1, 'above 0 and at most 1');
  check('minP', minP, (value) => value >= 0 && value <= 1, 'from 0 to 1');
}

function check(name: string, value: number | undefined, holds: (value: number) => boolean, needed: string): void {
  if (value !== undefined && !holds(value)) throw new RangeError(`${name} is ${value}; it must be ${needed}.`);
}
