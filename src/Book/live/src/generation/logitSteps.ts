import type { SamplingSettings } from './settings';

/** One named step from logits to a token. @param logits [vocab], changed in place; minus infinity rules a token out. */
export interface LogitStep {
  readonly name: string;
  apply(logits: Float32Array): void;
}

/** The steps in the order of src/Engine/Sampling: temperature, top-k, top-p, min-p; a setting that changes nothing has no step. */
export function logitSteps({ temperature = 1, topK, topP = 1, minP = 0 }: SamplingSettings): LogitStep[] {
  const steps: LogitStep[] = [];
  if (temperature === 0) return steps;
  if (temperature !== 1) steps.push({ name: `temperature ${temperature}`, apply: (logits) => { divide(logits, temperature); } });
  if (topK !== undefined) steps.push({ name: `top-k ${topK}`, apply: (logits) => { keepTopK(logits, topK); } });
  if (topP < 1) steps.push({ name: `top-p ${topP}`, apply: (logits) => { keepTopP(logits, topP); } });
  if (minP > 0) steps.push({ name: `min-p ${minP}`, apply: (logits) => { keepMinP(logits, minP); } });
  return steps;
}

/** Softmax in float64, as the engine samples. @param logits [vocab] @returns [vocab], summing to 1 */
export function probabilities(logits: Float32Array): Float64Array {
  const highest = max(logits);
  const result = new Float64Array(logits.length);
  let sum = 0;
  for (let i = 0; i < result.length; i++) sum += result[i] = Math.exp(logits[i] - highest);
  for (let i = 0; i < result.length; i++) result[i] /= sum;
  return result;
}

function divide(logits: Float32Array, temperature: number): void {
  const highest = max(logits);
  const small = Math.fround(temperature);
  const fits = Number.isFinite(Math.fround(highest / small));
  // Where the quotients leave float32 only their differences count: the likeliest goes to 0 first.
  for (let i = 0; i < logits.length; i++) logits[i] = fits ? logits[i] / small : (logits[i] - highest) / temperature;
}

// Of equals at the border, all stay. Fan et al. 2018, arXiv:1805.04833.
function keepTopK(logits: Float32Array, k: number): void {
  if (k < logits.length) keep(logits, logits.slice().sort()[logits.length - k]);
}

// Nguyen et al. 2024, arXiv:2407.01082. In logits: max + ln(share) is the border.
function keepMinP(logits: Float32Array, share: number): void {
  keep(logits, max(logits) + Math.log(share));
}

// The nucleus: of equally likely tokens, the lower id comes first. Holtzman et al. 2019, arXiv:1904.09751.
function keepTopP(logits: Float32Array, p: number): void {
  const shares = probabilities(logits);
  const ascending = shares.slice().sort();
  let [kept, reached] = [0, 0];
  while (reached < p && kept < ascending.length) reached += ascending[ascending.length - ++kept];
  const border = ascending[ascending.length - kept];
  let atBorder = kept - shares.reduce((count, share) => count + (share > border ? 1 : 0), 0);
  for (let id = 0; id < logits.length; id++) {
    if (shares[id] < border || (shares[id] === border && --atBorder < 0)) logits[id] = -Infinity;
  }
}

function keep(logits: Float32Array, least: number): void {
  for (let i = 0; i < logits.length; i++) if (logits[i] < least) logits[i] = -Infinity;
}

const max = (logits: Float32Array): number => logits.reduce((a, b) => Math.max(a, b), -Infinity);
