import type { TextToken } from '../tokenizer/byteLevelBpe';
import { element } from './elements';

/** Tokens as coloured pieces, each with its id; neighbours differ in colour, and marks have an outline. */
export function tokenPieces(...tokens: readonly TextToken[]): HTMLElement[] {
  return tokens.map((token) =>
    element('span', { className: token.special ? 'mark' : '', title: `token ${token.id}` }, token.text.replaceAll('\n', '↵')));
}
