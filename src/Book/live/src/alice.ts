import type { Arithmetic } from './arithmetic/arithmetic';
import type { GeneratedToken, Generation, GenerationSettings } from './generation/generate';
import type { Inspection, InspectionOptions } from './model/inspection';
import { AliceChat } from './page/aliceChat';
import { loadModelScript } from './page/modelScript';
import { WorkerClient } from './page/workerClient';
import type { TextToken, WordTrace } from './tokenizer/byteLevelBpe';
import type { EncodedPrompt, ModelFacts, Prompt } from './worker/model';

/** A prompt, how to continue it, and who listens. */
export interface GenerationRequest extends Prompt, GenerationSettings {
  /** Is told of each token as it is sampled, but not of the one that ends the turn. */
  onToken?: (token: GeneratedToken) => void;
  /** Ends the text early, with the stop reason `cancelled`. */
  signal?: AbortSignal;
}

/**
 * The model in this page: `window.alice`. All of it computes in a worker; what needs the model loads it first. A promise is rejected, with
 * a sentence that says why, where the model's file is missing or the model cannot read what it is given.
 */
class Alice {
  private worker: WorkerClient | undefined;
  private loading: Promise<ModelFacts> | undefined;

  /** Loads the model once; a load that failed is tried again. @returns Its sizes. */
  load(options: { arithmetic?: Arithmetic['name'] } = {}): Promise<ModelFacts> {
    this.loading ??= this.read(options.arithmetic).catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** Continues tokens or a text, or answers a message. Greedy unless the request asks for sampling. */
  async generate({ tokens, chat, prompt, onToken, signal, ...settings }: GenerationRequest): Promise<Generation> {
    return (await this.loaded()).ask({ kind: 'generate', prompt: { tokens, chat, prompt }, settings }, onToken, signal);
  }

  /** @returns [vocab], what comes after the last token. */
  async logits(tokens: readonly number[]): Promise<number[]> {
    return Array.from(await (await this.loaded()).ask<Float32Array>({ kind: 'logits', tokens }));
  }

  /** A text as tokens; marks such as <|end|> are found in it. */
  async tokenize(text: string): Promise<readonly TextToken[]> {
    return (await this.encode({ prompt: text })).tokens;
  }

  /** How each word of a text becomes tokens, merge by merge. */
  async merges(text: string): Promise<WordTrace[]> {
    return (await this.loaded()).ask({ kind: 'trace', text });
  }

  /** What the model reads of a prompt: the text after the chat template, and its tokens. */
  async encode(prompt: Prompt): Promise<EncodedPrompt> {
    return (await this.loaded()).ask({ kind: 'encode', prompt });
  }

  /** One forward, laid open: logits, attention, hidden states, a logit lens; heads can be silenced. Inspection says the shapes. */
  async forward(tokens: readonly number[], options: InspectionOptions = {}): Promise<Inspection> {
    return (await this.loaded()).ask({ kind: 'inspect', tokens, options });
  }

  private async loaded(): Promise<WorkerClient> {
    await this.load();
    if (this.worker === undefined) throw new Error('The model is not loaded.');
    return this.worker;
  }

  private async read(arithmetic: Arithmetic['name'] | undefined): Promise<ModelFacts> {
    const file = await loadModelScript();
    this.worker ??= new WorkerClient();
    return this.worker.ask({ kind: 'load', file, arithmetic });
  }
}

export type { Alice };

declare global {
  var alice: Alice;
}

globalThis.alice = new Alice();
customElements.define('alice-chat', AliceChat);
