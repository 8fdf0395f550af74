import type { PreTokenizerJson } from './tokenizerJson';

/** Splits a text into words, which are encoded one by one. */
export type PreTokenizer = (text: string) => string[];

// The pattern of GPT-2, with Unicode's white space: JavaScript's own \s lacks U+0085 and has U+FEFF.
const words =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/** Reads tokenizer.json's pre_tokenizer. @throws where it has a step that is not known here. */
export function readPreTokenizer(json: PreTokenizerJson): PreTokenizer {
  const steps = (json.pretokenizers ?? [json]).map(readStep);
  return (text) => steps.reduce((pieces, step) => pieces.flatMap(step), [text]);
}

function readStep(json: PreTokenizerJson): PreTokenizer {
  if (json.type === 'Digits') return split(json.individual_digits === true ? /\p{N}|\P{N}+/gu : /\p{N}+|\P{N}+/gu);
  if (json.type === 'ByteLevel' && json.add_prefix_space === false) return json.use_regex === false ? (text) => [text] : split(words);
  throw new Error(`The pre_tokenizer ${JSON.stringify(json)} in tokenizer.json is not known to the model in the browser.`);
}

const split = (pattern: RegExp): PreTokenizer => (text) => text.match(pattern) ?? [];
