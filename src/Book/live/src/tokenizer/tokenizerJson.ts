/** The parts of Hugging Face's tokenizer.json that byte-level BPE needs. */
export interface TokenizerJson {
  normalizer: unknown;
  added_tokens: AddedToken[];
  pre_tokenizer: PreTokenizerJson;
  model: { type: string; vocab: Record<string, number>; merges: (string | [string, string])[]; ignore_merges?: boolean };
}

/** A token that is found in the text before anything else. */
export interface AddedToken {
  id: number;
  content: string;
  special: boolean;
  single_word: boolean;
  lstrip: boolean;
  rstrip: boolean;
}

/** How text is split into words. */
export interface PreTokenizerJson {
  type: string;
  pretokenizers?: PreTokenizerJson[];
  individual_digits?: boolean;
  add_prefix_space?: boolean;
  use_regex?: boolean;
}
