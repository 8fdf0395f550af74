import * as vscode from 'vscode';
import { streamItem, streamOutput, type StreamName } from './cellOutputs';

interface Update {
  readonly instead: vscode.NotebookCellOutput;
  readonly items: vscode.NotebookCellOutputItem[];
}

type Pending = vscode.NotebookCellOutput | Update | { readonly stream: StreamName; text: string };

/** More than the kernel lets a cell print: the limit is for what native code writes past it. */
const limit = 1_100_000;

/**
 * Writes the outputs of one run of a cell, in the order in which they come, also after its end.
 * An edit is asked of the window and takes a while; what a stream says meanwhile becomes one piece.
 */
export class OutputWriter {
  private readonly pending: Pending[] = [];
  private writing: Promise<void> | undefined;
  private last: { readonly stream: StreamName; readonly output: vscode.NotebookCellOutput } | undefined;
  private written = 0;

  /** @param withExecution Lends an execution in which the cell's outputs can be changed. Rejects when there is none any more. */
  constructor(private readonly withExecution: (write: (execution: vscode.NotebookCellExecution) => Promise<void>) => Promise<void>) {}

  /** Adds to the end of the stream when that is what the cell showed last, else begins a new output. */
  stream(name: StreamName, text: string): void {
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

  /** Shows these items in the place of an output of this run. */
  replace(instead: vscode.NotebookCellOutput, items: vscode.NotebookCellOutputItem[]): void {
    this.pending.push({ instead, items });
    this.start();
  }

  /** Settles when everything given so far is written. */
  async flush(): Promise<void> {
    while (this.writing !== undefined) await this.writing;
  }

  private add(name: StreamName, text: string): void {
    const before = this.pending.at(-1);
    if (before !== undefined && 'stream' in before && before.stream === name) before.text += text;
    else this.pending.push({ stream: name, text });
    this.start();
  }

  private start(): void {
    this.writing ??= this.withExecution((execution) => this.write(execution))
      // The cell is gone, or runs again: its outputs are not this run's any more.
      .catch(() => { this.pending.splice(0); })
      .finally(() => {
        this.writing = undefined;
        if (this.pending.length > 0) this.start();
      });
  }

  private async write(execution: vscode.NotebookCellExecution): Promise<void> {
    for (let next = this.pending.shift(); next !== undefined; next = this.pending.shift()) await this.writeOne(execution, next);
  }

  private async writeOne(execution: vscode.NotebookCellExecution, next: Pending): Promise<void> {
    if ('instead' in next) {
      await execution.replaceOutputItems(next.items, next.instead);
    } else if (!('stream' in next)) {
      this.last = undefined;
      await execution.appendOutput(next);
    } else if (this.last?.stream === next.stream) {
      await execution.appendOutputItems(streamItem(next.stream, next.text), this.last.output);
    } else {
      const output = streamOutput(next.stream, next.text);
      this.last = { stream: next.stream, output };
      await execution.appendOutput(output);
    }
  }
}
