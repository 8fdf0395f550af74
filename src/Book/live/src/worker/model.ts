import type { Arithmetic } from '../arithmetic/arithmetic';
import { plainArithmetic } from '../arithmetic/plainArithmetic';
import { WasmArithmetic } from '../arithmetic/wasmArithmetic';
import { checkTokens, generate, type Generation, type GenerationListener, type GenerationSettings } from '../generation/generate';
import { KeyValueCache } from '../model/cache';
import { ChatTemplate, type ChatMessage, type ChatTemplateJson } from '../model/chatTemplate';
import { readConfig, type ModelConfig } from '../model/config';
import { Decoder } from '../model/decoder';
import { inspect, type Inspection, type InspectionOptions } from '../model/inspection';
import { readWeights, type ModelFile } from '../model/modelFile';
import { ByteLevelBpe, type TextToken, type WordTrace } from '../tokenizer/byteLevelBpe';
import type { GenerationJson } from '../generation/settings';

/** What the model reads: token ids, a conversation or a message in its chat format, or a text to continue. */
export interface Prompt {
  tokens?: readonly number[] | undefined;
  chat?: string | readonly ChatMessage[] | undefined;
  prompt?: string | undefined;
}

/** What a page may know of the model. */
export interface ModelFacts extends ModelConfig {
  readonly parameters: number;
  readonly arithmetic: Arithmetic['name'];
}

/** A prompt as the model gets it. */
export interface EncodedPrompt {
  /** The text after the chat template. */
  readonly text: string;
  readonly tokens: readonly TextToken[];
}

/** The façade that also knows text, within the worker. */
export class Model {
  private constructor(
    private readonly decoder: Decoder, private readonly tokenizer: ByteLevelBpe, private readonly templateJson: ChatTemplateJson,
    private readonly defaults: GenerationJson, readonly facts: ModelFacts,
  ) {}

  /** @param arithmetic Default: WebAssembly, or plain where the browser has none. */
  static async read(file: ModelFile, arithmetic?: Arithmetic['name']): Promise<Model> {
    const products = arithmetic === 'plain' ? plainArithmetic : WasmArithmetic.create() ?? plainArithmetic;
    const [config, weights] = [readConfig(file.config), await readWeights(file)];
    const facts = { ...config, parameters: weights.parameters, arithmetic: products.name };
    const decoder = new Decoder(config, weights, products);
    return new Model(decoder, new ByteLevelBpe(file.tokenizer), file.tokenizerConfig, file.generation, facts);
  }

  encode(prompt: Prompt): EncodedPrompt {
    if (prompt.tokens !== undefined) {
      const tokens = prompt.tokens.map((id) => this.tokenizer.token(id));
      return { text: tokens.map((token) => token.text).join(''), tokens };
    }
    const text = prompt.chat === undefined ? prompt.prompt ?? '' : new ChatTemplate(this.templateJson).render(messages(prompt.chat));
    return { text, tokens: this.tokenizer.encode(text).map((id) => this.tokenizer.token(id)) };
  }

  trace(text: string): WordTrace[] {
    return this.tokenizer.trace(text);
  }

  generate(prompt: Prompt, settings: GenerationSettings, listener: GenerationListener): Promise<Generation> {
    return generate(this.decoder, this.tokenizer, this.defaults, this.ids(prompt), settings, listener);
  }

  /** @returns [vocab], what comes after the last token. */
  logits(tokens: readonly number[]): Float32Array {
    checkTokens(tokens, this.facts.vocab, this.facts.context);
    const cache = new KeyValueCache(this.facts, tokens.length);
    return this.decoder.logits(this.decoder.last(this.decoder.forward(tokens, cache)));
  }

  inspect(tokens: readonly number[], options: InspectionOptions): Inspection {
    checkTokens(tokens, this.facts.vocab, this.facts.context);
    return inspect(this.decoder, this.tokenizer, [...tokens], options);
  }

  private ids(prompt: Prompt): number[] {
    return prompt.tokens === undefined ? this.encode(prompt).tokens.map((token) => token.id) : [...prompt.tokens];
  }
}

const messages = (chat: string | readonly ChatMessage[]): readonly ChatMessage[] =>
  typeof chat === 'string' ? [{ role: 'user', content: chat }] : chat;
