import type { CellEvent, CellListener } from '../../../src/VsCode/src/kernel/kernelClient';

/** Keeps what a cell shows. */
export class Showing implements CellListener {
  readonly events: CellEvent[] = [];
  private readonly waiting: { readonly text: string; readonly tell: () => void }[] = [];

  /** What the cell showed, as the texts of the first representations. */
  get text(): string {
    return this.events.map(({ event }) => event.formattedValues[0]?.value ?? '').join('');
  }

  /** The types of the events, in order. */
  get types(): string[] {
    return this.events.map(({ eventType }) => eventType);
  }

  /** The representation of this mime type of the last thing shown. */
  last(mimeType: string): string | undefined {
    return this.events.at(-1)?.event.formattedValues.find((one) => one.mimeType === mimeType)?.value;
  }

  /** Settles when the cell has shown this. */
  showed(text: string): Promise<void> {
    return new Promise((tell) => {
      this.waiting.push({ text, tell });
      this.tellWaiting();
    });
  }

  show(event: CellEvent): void {
    this.events.push(event);
    this.tellWaiting();
  }

  private tellWaiting(): void {
    const { text: said } = this;
    this.waiting.filter(({ text }) => said.includes(text)).forEach(({ tell }) => { tell(); });
  }
}
