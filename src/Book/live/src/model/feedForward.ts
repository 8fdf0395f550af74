import type { Matrix } from '../arithmetic/arithmetic';

/** The gated feed-forward: down(silu(gate x) * up x). Shazeer 2020, arXiv:2002.05202. */
export class FeedForward {
  constructor(private readonly gate: Matrix, private readonly up: Matrix, private readonly down: Matrix) {}

  /** @param x [time, hidden] @returns [time, hidden] */
  forward(x: Float32Array): Float32Array {
    const [gates, ups] = [this.gate.multiply(x), this.up.multiply(x)];
    for (let i = 0; i < gates.length; i++) gates[i] *= ups[i] / (1 + Math.exp(-gates[i]));
    return this.down.multiply(gates);
  }
}
