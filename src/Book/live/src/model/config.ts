/** The sizes of a model, read from its config.json. */
export interface ModelConfig {
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly feedForward: number;
  readonly vocab: number;
  readonly context: number;
  readonly ropeTheta: number;
  readonly normEpsilon: number;
  readonly tiedEmbeddings: boolean;
  readonly eosTokens: readonly number[];
}

/** config.json in Hugging Face's words. */
export interface ConfigJson {
  model_type: string;
  hidden_act: string;
  num_hidden_layers: number;
  hidden_size: number;
  num_attention_heads: number;
  num_key_value_heads?: number;
  head_dim?: number | null;
  intermediate_size: number;
  vocab_size: number;
  max_position_embeddings: number;
  rope_theta?: number;
  rope_scaling?: unknown;
  rms_norm_eps: number;
  tie_word_embeddings?: boolean;
  attention_bias?: boolean;
  mlp_bias?: boolean;
  eos_token_id?: number | number[] | null;
}

/** @throws where the model needs something that model/decoder.ts does not compute. */
export function readConfig(json: ConfigJson): ModelConfig {
  require(json.model_type === 'llama', 'model_type', json.model_type, 'llama');
  require(json.hidden_act === 'silu', 'hidden_act', json.hidden_act, 'silu');
  require((json.rope_scaling ?? null) === null, 'rope_scaling', json.rope_scaling, 'null');
  require(!(json.attention_bias ?? false) && !(json.mlp_bias ?? false), 'attention_bias or mlp_bias', true, 'false');
  return {
    layers: json.num_hidden_layers,
    hidden: json.hidden_size,
    heads: json.num_attention_heads,
    kvHeads: json.num_key_value_heads ?? json.num_attention_heads,
    headDim: json.head_dim ?? json.hidden_size / json.num_attention_heads,
    feedForward: json.intermediate_size,
    vocab: json.vocab_size,
    context: json.max_position_embeddings,
    ropeTheta: json.rope_theta ?? 10_000,
    normEpsilon: json.rms_norm_eps,
    tiedEmbeddings: json.tie_word_embeddings ?? false,
    eosTokens: [json.eos_token_id ?? []].flat(),
  };
}

function require(holds: boolean, name: string, found: unknown, needed: string): void {
  if (!holds) throw new Error(`${name} in config.json is ${JSON.stringify(found)}; the model in the browser computes only ${needed}.`);
}
