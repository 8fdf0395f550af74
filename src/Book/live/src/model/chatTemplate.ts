import { Template } from '@huggingface/jinja';

/** The part of tokenizer_config.json that writes conversations. */
export interface ChatTemplateJson {
  chat_template?: string;
  [name: string]: unknown;
}

/** One turn of a conversation. */
export interface ChatMessage {
  role: string;
  content: string;
  [name: string]: unknown;
}

/** Writes a conversation as the one text that the model was trained on: a Jinja template, as checkpoints carry it. */
export class ChatTemplate {
  private readonly template: Template;
  private readonly specialTokens: Record<string, unknown>;

  /** @throws where the model has none. */
  constructor(json: ChatTemplateJson) {
    if (json.chat_template === undefined) throw new Error('The model has no chat template. Give it a prompt.');
    this.template = new Template(json.chat_template);
    this.specialTokens = Object.fromEntries(Object.entries(json).filter(([name]) => name.endsWith('_token') || name.endsWith('_tokens')));
  }

  /** The text, which ends with what comes before an answer. @param variables Further names that the template knows, such as tools. */
  render(messages: readonly ChatMessage[], variables: Record<string, unknown> = {}): string {
    return this.template.render({ ...this.specialTokens, messages, add_generation_prompt: true, ...variables });
  }
}
