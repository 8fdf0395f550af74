/** One merge that was made within a word. */
export interface MergeStep {
  /** The rule's place in the list; the lowest that applies goes first. */
  readonly rank: number;
  readonly left: string;
  readonly right: string;
  /** The whole word's pieces after it. */
  readonly pieces: readonly string[];
}

/**
 * Byte-pair encoding of one word: the neighbours whose merge has the lowest rank are joined, the leftmost of equals, until none is left.
 * Sennrich et al. 2016, arXiv:1508.07909.
 * @param pieces Changed in place. @param ranks By left + ' ' + right. @param onStep Is told of each merge.
 */
export function merge(pieces: string[], ranks: ReadonlyMap<string, number>, onStep?: (step: MergeStep) => void): void {
  for (;;) {
    let [best, at] = [Infinity, -1];
    for (let i = 0; i + 1 < pieces.length; i++) {
      const rank = ranks.get(`${pieces[i]} ${pieces[i + 1]}`) ?? Infinity;
      if (rank < best) [best, at] = [rank, i];
    }
    if (at < 0) return;
    const [left, right] = [pieces[at], pieces[at + 1]];
    pieces.splice(at, 2, left + right);
    onStep?.({ rank: best, left, right, pieces: [...pieces] });
  }
}
