import type * as vscode from 'vscode';
import type { KernelClient } from '../kernel/kernelClient';
import type { CellOutputEvent, ErrorEvent } from '../kernel/kernelEvent';
import { errorOutput, richOutput } from './cellOutputs';
import type { CellProblems } from './cellProblems';
import { placesOf } from './errorText';
import { OutputWriter } from './outputWriter';

/** One run of one cell: pending from the moment it is made, then running, then ended once. */
export class CellRun {
  private readonly execution: vscode.NotebookCellExecution;
  private readonly writer: OutputWriter;
  private error: ErrorEvent | undefined;
  private hasStarted = false;

  constructor(readonly cell: vscode.NotebookCell, controller: vscode.NotebookController, private readonly problems: CellProblems) {
    this.execution = controller.createNotebookCellExecution(cell);
    this.writer = new OutputWriter(this.execution);
  }

  /** Marks the cell as running, with nothing shown. */
  async start(): Promise<void> {
    this.hasStarted = true;
    this.execution.start(Date.now());
    this.problems.clear(this.cell);
    await this.execution.clearOutput();
  }

  /**
   * Runs the cell to its end.
   * @returns Whether it ended well.
   * @throws KernelDied The kernel ended before the cell did. The cell still runs: see `fail`.
   */
  async execute(kernel: KernelClient, unstoppable: (message: string) => void): Promise<boolean> {
    const finished = await kernel.execute(this.cell.document.getText(), { show: (output) => { this.show(output); }, unstoppable });
    this.execution.executionOrder = finished.execution_count ?? undefined;
    if (this.error !== undefined) this.showError(this.error, finished.execution_count);
    await this.end(finished.ok);
    return finished.ok;
  }

  /** Ends the cell with an error that is not of its code. */
  async fail(name: string, message: string): Promise<void> {
    if (!this.hasStarted) await this.start();
    this.writer.append(errorOutput({ type: 'error', id: '', name, value: message, traceback: [`${name}: ${message}`] }, null));
    await this.end(false);
  }

  /** Ends a cell that never ran. Its outputs stay. */
  cancel(): void {
    this.execution.start();
    this.execution.end(undefined);
  }

  private show(output: CellOutputEvent): void {
    if (output.type === 'stream') this.writer.stream(output.name, output.text);
    // The last thing that a cell shows. It is kept for the end, as its links need the execution's count.
    else if (output.type === 'error') this.error = output;
    else if (output.type === 'result') this.writer.append(richOutput(output));
    else this.writer.display(output.display_id, richOutput(output), output.type === 'update');
  }

  private showError(error: ErrorEvent, count: number | null): void {
    this.writer.append(errorOutput(error, count));
    if (count !== null) this.problems.show(this.cell, placesOf(error, count));
  }

  private async end(ok: boolean): Promise<void> {
    await this.writer.flush();
    this.execution.end(ok, Date.now());
  }
}
