/**
 * .NET's Random for a seed, so that a seed samples here what it samples in the engine: Knuth's subtractive generator (The Art of Computer
 * Programming, volume 2, section 3.2.2), with the constants that .NET keeps for its old seeds.
 */
export class SeededRandom {
  private readonly state = new Int32Array(56);
  private first = 0;
  private second = 21;

  /** @param seed A 32-bit integer. */
  constructor(seed: number) {
    let last = 161_803_398 - Math.min(Math.abs(seed), largest);
    let next = 1;
    this.state[55] = last;
    for (let i = 1, place = 0; i < 55; i++) {
      place = (place + 21) % 55;
      this.state[place] = next;
      next = positive(last - next);
      last = this.state[place];
    }
    for (let round = 0; round < 4; round++) {
      for (let i = 1; i < 56; i++) this.state[i] = positive((this.state[i] - this.state[1 + ((i + 30) % 55)]) | 0);
    }
  }

  /** From 0 to below 1. */
  next(): number {
    this.first = (this.first % 55) + 1;
    this.second = (this.second % 55) + 1;
    let value = (this.state[this.first] - this.state[this.second]) | 0;
    if (value === largest) value--;
    this.state[this.first] = value = positive(value);
    return value * (1 / largest);
  }
}

const largest = 2_147_483_647;
const positive = (value: number): number => (value < 0 ? value + largest : value);
