import { AddedTokens } from './addedTokens';
import { fromByteAlphabet, toByteAlphabet } from './byteAlphabet';
import { merge, type MergeStep } from './merging';
import { readPreTokenizer, type PreTokenizer } from './preTokenizer';
import type { AddedToken, TokenizerJson } from './tokenizerJson';
import { tokenText } from './tokenText';

/** A token with the text that it stands for; bytes that are only part of a character as <0xE2>. */
export interface TextToken {
  readonly id: number;
  readonly text: string;
  readonly special: boolean;
}

/** How one word became tokens: from single bytes, merge by merge. */
export interface WordTrace {
  readonly word: string;
  /** The pieces before the first merge, one a byte. */
  readonly start: readonly string[];
  readonly steps: readonly MergeStep[];
  readonly tokens: readonly TextToken[];
}

/** Byte-level byte-pair encoding: text is split into words, and a word's UTF-8 bytes are merged pair by pair. */
export class ByteLevelBpe {
  private readonly vocabulary: ReadonlyMap<string, number>;
  private readonly pieces: readonly string[];    // by id, in the alphabet of bytes
  private readonly special = new Map<number, AddedToken>();
  private readonly ranks = new Map<string, number>();
  private readonly added: AddedTokens;
  private readonly splitWords: PreTokenizer;

  constructor(json: TokenizerJson) {
    if (json.model.type !== 'BPE' || json.normalizer !== null || json.model.ignore_merges === true)
      throw new Error('tokenizer.json is not plain byte-level BPE, which is all that the model in the browser reads.');
    this.vocabulary = new Map(Object.entries(json.model.vocab));
    const pieces: string[] = [];
    for (const [piece, id] of this.vocabulary) pieces[id] = piece;
    this.pieces = pieces;
    for (const [rank, pair] of json.model.merges.entries()) this.ranks.set(typeof pair === 'string' ? pair : pair.join(' '), rank);
    for (const token of json.added_tokens) this.special.set(token.id, token);
    this.added = new AddedTokens(json.added_tokens);
    this.splitWords = readPreTokenizer(json.pre_tokenizer);
  }

  /** Text to ids. Half a surrogate pair becomes U+FFFD. */
  encode(text: string): number[] {
    return this.words(text).flatMap((word) => (typeof word === 'string' ? this.encodeWord(word) : word.id));
  }

  /** Each word of a text with its merges; an added token has none. */
  trace(text: string): WordTrace[] {
    return this.words(text).map((word) => {
      if (typeof word !== 'string') return { word: word.content, start: [], steps: [], tokens: [this.token(word.id)] };
      const steps: MergeStep[] = [];
      const ids = this.encodeWord(word, (step) => steps.push(readable(step)));
      return { word, start: Array.from(toByteAlphabet(word), readablePiece), steps, tokens: ids.map((id) => this.token(id)) };
    });
  }

  /** An id with the text that it stands for. */
  token(id: number): TextToken {
    const added = this.special.get(id);
    return { id, text: added?.content ?? tokenText(fromByteAlphabet(this.pieces[id] ?? '')), special: added?.special ?? false };
  }

  /** The bytes that a token adds to the text; none for a special token. */
  bytes(id: number): Uint8Array {
    const added = this.special.get(id);
    if (added === undefined) return fromByteAlphabet(this.pieces[id] ?? '');
    return added.special ? new Uint8Array() : new TextEncoder().encode(added.content);
  }

  private words(text: string): (string | AddedToken)[] {
    const wellFormed = text.replace(/\p{Surrogate}/gu, '\uFFFD');
    return this.added.split(wellFormed).flatMap<string | AddedToken>(
      (piece) => (typeof piece === 'string' ? this.splitWords(piece) : piece));
  }

  private encodeWord(word: string, onStep?: (step: MergeStep) => void): number[] {
    const pieces = Array.from(toByteAlphabet(word));
    merge(pieces, this.ranks, onStep);
    return pieces.map((piece) => this.vocabulary.get(piece)).filter((id) => id !== undefined);
  }
}

const readablePiece = (piece: string): string => tokenText(fromByteAlphabet(piece));

const readable = (step: MergeStep): MergeStep => ({
  rank: step.rank, left: readablePiece(step.left), right: readablePiece(step.right), pieces: step.pieces.map(readablePiece),
});
