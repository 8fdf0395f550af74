import { indexOfMax } from '../arithmetic/vectors';
import { logitSteps, probabilities, type LogitStep } from './logitSteps';
import { SeededRandom } from './random';
import type { SamplingSettings } from './settings';

/** Samples tokens from logits; with temperature 0, always the likeliest. */
export class Sampler {
  private readonly steps: readonly LogitStep[];
  private readonly greedy: boolean;
  private readonly random: SeededRandom;

  constructor(settings: SamplingSettings) {
    this.steps = logitSteps(settings);
    this.greedy = settings.temperature === 0;
    this.random = new SeededRandom(settings.seed ?? 0);
  }

  /** @param logits [vocab], changed in place. @returns A token; greedy takes the lowest id of equals. */
  sample(logits: Float32Array): number {
    for (const step of this.steps) step.apply(logits);
    return this.greedy ? indexOfMax(logits) : this.choose(probabilities(logits));
  }

  private choose(shares: Float64Array): number {
    let [rest, last] = [this.random.next(), 0];
    for (let id = 0; id < shares.length; id++) {
      if (shares[id] === 0) continue;
      rest -= shares[last = id];
      if (rest < 0) return id;
    }
    return last;
  }
}
