import type { ByteLevelBpe } from './byteLevelBpe';

/** Turns tokens into text as they come; a character whose bytes are spread over several tokens is held back until it is whole. */
export class StreamingDecoder {
  private readonly utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(private readonly tokenizer: ByteLevelBpe) {}

  /** What can be printed now. */
  add(id: number): string {
    return this.utf8.decode(this.tokenizer.bytes(id), { stream: true });
  }

  /** What was held back at the end, as U+FFFD. */
  flush(): string {
    return this.utf8.decode();
  }
}
