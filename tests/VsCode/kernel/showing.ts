import type { CellListener } from '../../../src/VsCode/src/kernel/kernelClient';
import type { CellOutputEvent } from '../../../src/VsCode/src/kernel/kernelEvent';

/** Keeps what a cell shows. */
export class Showing implements CellListener {
  readonly outputs: CellOutputEvent[] = [];
  private readonly waiting: { readonly text: string; readonly tell: () => void }[] = [];

  /** What the cell wrote, errors and displays left out. */
  get text(): string {
    return this.outputs.map((output) => (output.type === 'stream' ? output.text : '')).join('');
  }

  /** Settles when the cell has written this. */
  wrote(text: string): Promise<void> {
    return new Promise((tell) => {
      this.waiting.push({ text, tell });
      this.tellWaiting();
    });
  }

  show(output: CellOutputEvent): void {
    this.outputs.push(output);
    this.tellWaiting();
  }

  unstoppable(message: string): void {
    this.outputs.push({ type: 'error', id: '', name: 'unstoppable', value: message, traceback: [] });
    this.tellWaiting();
  }

  private tellWaiting(): void {
    const said = this.text + this.outputs.map((output) => (output.type === 'error' ? output.value : '')).join('');
    this.waiting.filter(({ text }) => said.includes(text)).forEach(({ tell }) => { tell(); });
  }
}
