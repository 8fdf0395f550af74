import type * as vscode from 'vscode';
import type { OutputWriter } from './outputWriter';

interface Shown {
  readonly writer: OutputWriter;
  readonly output: vscode.NotebookCellOutput;
}

/** The displays of one kernel process by their ids: a cell may update what an earlier one shows. */
export class CellDisplays {
  private readonly shown = new Map<string, Shown>();

  /** Shows something that may be updated later, where it has an id. */
  show(id: string | null | undefined, writer: OutputWriter, output: vscode.NotebookCellOutput): void {
    if (id) this.shown.set(id, { writer, output });
    writer.append(output);
  }

  /** Updates a display where it is; one that is not known is shown by the cell that updates it. */
  update(id: string, writer: OutputWriter, output: vscode.NotebookCellOutput): void {
    const before = this.shown.get(id);
    if (before === undefined) this.show(id, writer, output);
    else before.writer.replace(before.output, output.items);
  }

  /** Forgets what a run has shown: its cell runs again, or is gone. */
  forget(writer: OutputWriter): void {
    for (const [id, one] of this.shown)
      if (one.writer === writer) this.shown.delete(id);
  }
}
