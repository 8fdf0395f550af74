import * as vscode from 'vscode';
import { KernelClient, type KernelFrontEnd } from '../kernel/kernelClient';
import type { KernelDied } from '../kernel/kernelDied';
import { EngineMissing } from '../repository/engineMissing';
import { locateRepository, workingFolder } from '../repository/locateRepository';
import { CellDisplays } from './cellDisplays';
import type { CellProblems } from './cellProblems';
import { CellRun } from './cellRun';
import type { KernelState } from './kernelState';

/** Who is told what befalls a kernel, apart from what cells show. */
export interface SessionFrontEnd extends KernelFrontEnd {
  stateChanged(session: NotebookSession): void;
  /** A cell has ended: what it made is there for the others. */
  ran(session: NotebookSession): void;
  died(session: NotebookSession, message: string): void;
  unstoppable(session: NotebookSession, message: string): void;
  missing(reason: EngineMissing): void;
}

/** How long an interrupted cell may go on before the reader is told. */
const interruptPatienceMs = 2000;

const unstoppable = "The cell is inside code that can't be stopped. It ends by itself, or restart the kernel to end it now.";
const ended = 'The kernel was ended before the cell was. What cells had made is gone; run them again.';

/** One notebook's kernel process and the cells that wait for it. */
export class NotebookSession {
  private readonly queue: CellRun[] = [];
  /** Kernels that were ended on purpose: their end is no news. */
  private readonly dismissed = new WeakSet<KernelClient>();
  /** The last run of each cell. */
  private readonly runs = new WeakMap<vscode.NotebookCell, CellRun>();
  private displays = new CellDisplays();
  private impatient: NodeJS.Timeout | undefined;
  private kernel: KernelClient | undefined;
  private working: Promise<void> | undefined;
  private restarting: Promise<void> | undefined;
  private currentState: KernelState = 'off';

  constructor(
    readonly notebook: vscode.NotebookDocument,
    private readonly controller: vscode.NotebookController,
    private readonly problems: CellProblems,
    private readonly frontEnd: SessionFrontEnd,
  ) {}

  get state(): KernelState {
    return this.currentState;
  }

  /** The kernel when it answers questions: they do not wait for the cell that runs. */
  get answeringKernel(): KernelClient | undefined {
    return this.currentState === 'idle' || this.currentState === 'busy' ? this.kernel : undefined;
  }

  /** Runs cells after those that wait already, until the first that fails. */
  async run(cells: readonly vscode.NotebookCell[]): Promise<void> {
    await Promise.all(cells.map((cell) => this.supersede(cell)));
    this.queue.push(...cells.map((cell) => this.newRun(cell)));
    this.working ??= this.work().finally(() => { this.working = undefined; });
    await this.working;
  }

  /** Stops the running cell, and takes the waiting ones back. */
  interrupt(): void {
    this.cancelQueue();
    if (this.currentState === 'starting') void this.dismiss();
    else if (this.currentState === 'busy') this.stopCell();
  }

  /** Ends the kernel with all that cells have made, and starts a fresh one. */
  async restart(): Promise<void> {
    this.restarting ??= this.stopAndStart().finally(() => { this.restarting = undefined; });
    await this.restarting;
  }

  /** Ends the kernel. A running cell fails, waiting ones are taken back. */
  async stop(): Promise<void> {
    this.cancelQueue();
    const stopping = this.dismiss();
    await this.working;
    await stopping;
  }

  /** Ends the kernel process at once, when nobody can wait any more. */
  kill(): void {
    this.kernel?.kill();
  }

  private stopCell(): void {
    this.kernel?.interrupt();
    clearTimeout(this.impatient);
    this.impatient = setTimeout(() => { this.frontEnd.unstoppable(this, unstoppable); }, interruptPatienceMs);
  }

  /** What an earlier run of the cell left behind has no place any more. */
  private async supersede(cell: vscode.NotebookCell): Promise<void> {
    const before = this.runs.get(cell);
    if (before === undefined) return;
    this.kernel?.forget(before);
    await before.supersede();
  }

  private newRun(cell: vscode.NotebookCell): CellRun {
    const run = new CellRun(cell, this.controller, this.problems);
    this.runs.set(cell, run);
    return run;
  }

  private async stopAndStart(): Promise<void> {
    await this.stop();
    try {
      const kernel = this.kernel ??= this.start();
      await kernel.ready;
      if (this.currentState === 'starting') this.setState('idle');
    } catch (reason) {
      this.report(reason);
    }
  }

  private async work(): Promise<void> {
    for (let run = this.queue.shift(); run !== undefined; run = this.queue.shift()) {
      if (!(await this.runOne(run))) this.cancelQueue();
    }
  }

  private async runOne(run: CellRun): Promise<boolean> {
    let kernel: KernelClient | undefined;
    try {
      await run.start();
      kernel = this.kernel ??= this.start();
      await kernel.ready;
      this.setState('busy');
      return await run.execute(kernel, this.displays);
    } catch (reason) {
      await this.explain(run, reason, kernel);
      return false;
    } finally {
      clearTimeout(this.impatient);
      this.setState(this.kernel === undefined ? 'off' : 'idle');
      if (this.kernel !== undefined) this.frontEnd.ran(this);
    }
  }

  private async explain(run: CellRun, reason: unknown, kernel: KernelClient | undefined): Promise<void> {
    if (kernel !== undefined && this.dismissed.has(kernel)) await run.fail('Interrupted', ended);
    else await run.fail(...this.report(reason));
  }

  /** @returns A name and a message for the cell that suffers from it. */
  private report(reason: unknown): [name: string, message: string] {
    if (reason instanceof EngineMissing) this.frontEnd.missing(reason);
    else this.frontEnd.log(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
    return reason instanceof Error ? [reason.name, reason.message] : ['Error', String(reason)];
  }

  private start(): KernelClient {
    const repository = locateRepository(this.notebook);
    if (!repository.isBuilt) throw EngineMissing.notBuilt(repository.root);
    const environment = vscode.workspace.getConfiguration('rabbitHoles', this.notebook.uri).get<Record<string, string>>('environment', {});
    const kernel = new KernelClient(repository.kernelStart(workingFolder(this.notebook), environment), this.frontEnd);
    this.displays = new CellDisplays();
    this.setState('starting');
    void kernel.ended.then((died) => { this.hasEnded(kernel, died); });
    return kernel;
  }

  private hasEnded(kernel: KernelClient, died: KernelDied): void {
    if (this.dismissed.has(kernel)) return;
    this.kernel = undefined;
    this.setState('off');
    this.frontEnd.log(died.message);
    this.frontEnd.died(this, died.message);
  }

  /** Lets go of the kernel and ends its process. */
  private async dismiss(): Promise<void> {
    const kernel = this.kernel;
    if (kernel === undefined) return;
    this.dismissed.add(kernel);
    this.kernel = undefined;
    const wasIdle = this.currentState === 'idle';
    this.setState('off');
    if (!wasIdle) kernel.kill();
    await kernel.stop();
  }

  private cancelQueue(): void {
    this.queue.splice(0).forEach((run) => { run.cancel(); });
  }

  private setState(state: KernelState): void {
    if (state === this.currentState) return;
    this.currentState = state;
    this.frontEnd.stateChanged(this);
  }
}
