import type * as vscode from 'vscode';
import type { CellEvent, CellListener, KernelClient } from '../kernel/kernelClient';
import type { CellDisplays } from './cellDisplays';
import { displayOutput, errorOutput, resultOutput, textOf } from './cellOutputs';
import type { CellProblems } from './cellProblems';
import { kernelOf } from './cellLanguages';
import { errorOf, type CellError } from './errorText';
import { OutputWriter } from './outputWriter';

/** One run of one cell: pending from the moment it is made, then running, then ended once. What it left behind may show more later. */
export class CellRun implements CellListener {
  private readonly writer = new OutputWriter((write) => this.withExecution(write));
  private readonly execution: vscode.NotebookCellExecution;
  private displays: CellDisplays | undefined;
  private count = 0;
  private hasErred = false;
  private state: 'pending' | 'running' | 'ended' | 'superseded' = 'pending';

  constructor(
    readonly cell: vscode.NotebookCell,
    private readonly controller: vscode.NotebookController,
    private readonly problems: CellProblems,
  ) {
    this.execution = controller.createNotebookCellExecution(cell);
  }

  /** Marks the cell as running, with nothing shown. */
  async start(): Promise<void> {
    this.state = 'running';
    this.execution.start(Date.now());
    this.problems.clear(this.cell);
    await this.execution.clearOutput();
  }

  /**
   * Runs the cell to its end.
   * @returns Whether it ended well.
   * @throws KernelDied The kernel ended before the cell did. The cell still runs: see `fail`.
   */
  async execute(kernel: KernelClient, displays: CellDisplays): Promise<boolean> {
    this.displays = displays;
    this.count = kernel.nextExecution;
    const { executionOrder, message, diagnostics } = await kernel.execute(this.cell.document.getText(), kernelOf(this.cell), this);
    this.execution.executionOrder = executionOrder;
    this.problems.tell(this.cell, diagnostics);
    if (message !== undefined) this.showFailure(errorOf(message, diagnostics), executionOrder);
    await this.end();
    return !this.hasErred;
  }

  show(shown: CellEvent): void {
    switch (shown.eventType) {
      case 'StandardOutputValueProduced':
        this.writer.stream('stdout', textOf(shown.event));
        break;
      case 'StandardErrorValueProduced':
        this.writer.stream('stderr', textOf(shown.event));
        break;
      case 'ReturnValueProduced':
        this.writer.append(resultOutput(shown.event, this.count));
        break;
      case 'DisplayedValueProduced':
        this.displays?.show(shown.event.valueId, this.writer, displayOutput(shown.event));
        break;
      case 'DisplayedValueUpdated':
        this.displays?.update(shown.event.valueId, this.writer, displayOutput(shown.event));
        break;
      case 'ErrorProduced':
        this.showError(errorOf(shown.event.message, []), this.count);
    }
  }

  /** Ends the cell with an error that is not of its code. */
  async fail(name: string, message: string): Promise<void> {
    if (this.state === 'pending') await this.start();
    this.showError({ name, value: message, traceback: [`${name}: ${message}`] });
    await this.end();
  }

  /** Ends a cell that never ran. Its outputs stay. */
  cancel(): void {
    this.execution.start();
    this.execution.end(undefined);
  }

  /** The cell is to run again: what this run shows from now on is not the cell's any more. Settles when nothing is being written. */
  async supersede(): Promise<void> {
    this.displays?.forget(this.writer);
    if (this.state === 'ended') this.state = 'superseded';
    await this.writer.flush();
  }

  private showFailure(error: CellError, count: number | undefined): void {
    this.showError(error, count);
    if (count !== undefined) this.problems.thrown(this.cell, error, count);
  }

  private showError(error: CellError, count?: number): void {
    this.hasErred = true;
    this.writer.append(errorOutput(error, count));
  }

  private async end(): Promise<void> {
    await this.writer.flush();
    this.state = 'ended';
    this.execution.end(!this.hasErred, Date.now());
  }

  /** After the end of the run its outputs can be changed in another execution only: in one that looks as the run's own did. */
  private async withExecution(write: (execution: vscode.NotebookCellExecution) => Promise<void>): Promise<void> {
    if (this.state === 'running') {
      await write(this.execution);
      return;
    }
    if (this.state === 'superseded') throw new Error('The cell has been run again.');
    const { executionOrder, timing } = this.cell.executionSummary ?? {};
    const execution = this.controller.createNotebookCellExecution(this.cell);
    execution.executionOrder = executionOrder;
    execution.start(timing?.startTime);
    try {
      await write(execution);
    } finally {
      execution.end(!this.hasErred, timing?.endTime);
    }
  }
}
