import type { AddedToken } from './tokenizerJson';

/** Finds added tokens in a text: the leftmost first, and of those that start there the longest. */
export class AddedTokens {
  private readonly byText: ReadonlyMap<string, AddedToken>;
  private readonly pattern: RegExp;

  constructor(tokens: readonly AddedToken[]) {
    const odd = tokens.find((token) => token.single_word || token.lstrip || token.rstrip);
    if (odd !== undefined)
      throw new Error(`The added token '${odd.content}' looks at its surroundings, which the model in the browser does not do.`);
    this.byText = new Map(tokens.map((token) => [token.content, token]));
    const texts = [...this.byText.keys()].filter((text) => text !== '').sort((a, b) => b.length - a.length);
    // A pattern without alternatives would match everywhere.
    this.pattern = new RegExp(`(${texts.map(escape).join('|') || '(?!)'})`, 'u');
  }

  /** Splits a text at its added tokens. */
  split(text: string): (string | AddedToken)[] {
    return text.split(this.pattern).filter((piece) => piece !== '').map((piece) => this.byText.get(piece) ?? piece);
  }
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
