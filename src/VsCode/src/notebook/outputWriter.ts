import * as vscode from 'vscode';
import type { StreamEvent } from '../kernel/kernelEvent';
import { streamItem, streamOutput } from './cellOutputs';

interface Update {
  readonly instead: string;
  readonly output: vscode.NotebookCellOutput;
}

type Pending = vscode.NotebookCellOutput | Update | { readonly stream: StreamEvent['name']; text: string };

/** More than the kernel lets a cell print: the limit is for what native code writes past it. */
const limit = 1_100_000;

/**
 * Writes outputs into a running cell in the order in which they come.
 * An edit is asked of the window and takes a while; what a stream says meanwhile becomes one piece.
 */
export class OutputWriter {
  private readonly pending: Pending[] = [];
  private writing: Promise<void> | undefined;
  private last: { readonly stream: StreamEvent['name']; readonly output: vscode.NotebookCellOutput } | undefined;
  private readonly displays = new Map<string, vscode.NotebookCellOutput>();
  private written = 0;

  constructor(private readonly execution: vscode.NotebookCellExecution) {}

  /** Adds to the end of the stream when that is what the cell showed last, else begins a new output. */
  stream(name: StreamEvent['name'], text: string): void {
    const room = limit - this.written;
    if (room <= 0) return;
    this.written += text.length;
    this.add(name, text.slice(0, room));
    if (text.length > room) this.add('stderr', "\n[cut: the rest of this cell's output is left out]\n");
  }

  append(output: vscode.NotebookCellOutput): void {
    this.pending.push(output);
    this.start();
  }

  /** A display that may be updated later, or the update of one; of another cell's displays nothing is known here. */
  display(id: string | undefined, output: vscode.NotebookCellOutput, isUpdate: boolean): void {
    if (isUpdate && id !== undefined) this.pending.push({ instead: id, output });
    else {
      if (id !== undefined) this.displays.set(id, output);
      this.pending.push(output);
    }
    this.start();
  }

  /** Settles when everything given so far is written. */
  async flush(): Promise<void> {
    await this.writing;
  }

  private add(name: StreamEvent['name'], text: string): void {
    const before = this.pending.at(-1);
    if (before !== undefined && 'stream' in before && before.stream === name) before.text += text;
    else this.pending.push({ stream: name, text });
    this.start();
  }

  private start(): void {
    this.writing ??= this.write().finally(() => { this.writing = undefined; });
  }

  private async write(): Promise<void> {
    for (let next = this.pending.shift(); next !== undefined; next = this.pending.shift()) await this.writeOne(next);
  }

  private async writeOne(next: Pending): Promise<void> {
    if ('instead' in next) {
      const shown = this.displays.get(next.instead);
      if (shown !== undefined) await this.execution.replaceOutputItems(next.output.items, shown);
    } else if (!('stream' in next)) {
      this.last = undefined;
      await this.execution.appendOutput(next);
    } else if (this.last?.stream === next.stream) {
      await this.execution.appendOutputItems(streamItem(next.stream, next.text), this.last.output);
    } else {
      const output = streamOutput(next.stream, next.text);
      this.last = { stream: next.stream, output };
      await this.execution.appendOutput(output);
    }
  }
}
