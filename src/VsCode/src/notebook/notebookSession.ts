import * as vscode from 'vscode';
import { KernelClient } from '../kernel/kernelClient';
import type { KernelDied } from '../kernel/kernelDied';
import { EngineMissing } from '../repository/engineMissing';
import { locateRepository, workingFolder } from '../repository/locateRepository';
import type { CellRun } from './cellRun';
import type { KernelState } from './kernelState';

/** Who is told what befalls a kernel, apart from what cells show. */
export interface SessionListener {
  stateChanged(session: NotebookSession): void;
  died(session: NotebookSession, message: string): void;
  unstoppable(session: NotebookSession, message: string): void;
  missing(reason: EngineMissing): void;
}

/** One notebook's kernel process and the cells that wait for it. */
export class NotebookSession {
  private readonly queue: CellRun[] = [];
  /** Kernels that were ended on purpose: their end is no news. */
  private readonly dismissed = new WeakSet<KernelClient>();
  private kernel: KernelClient | undefined;
  private working: Promise<void> | undefined;
  private restarting: Promise<void> | undefined;
  private currentState: KernelState = 'off';

  constructor(
    readonly notebook: vscode.NotebookDocument,
    private readonly listener: SessionListener,
    private readonly log: (line: string) => void,
  ) {}

  get state(): KernelState {
    return this.currentState;
  }

  /** The kernel when it answers questions: they do not wait for the cell that runs. */
  get answeringKernel(): KernelClient | undefined {
    return this.currentState === 'idle' || this.currentState === 'busy' ? this.kernel : undefined;
  }

  /** Runs cells after those that wait already, until the first that fails. */
  async run(runs: readonly CellRun[]): Promise<void> {
    this.queue.push(...runs);
    this.working ??= this.work().finally(() => { this.working = undefined; });
    await this.working;
  }

  /** Stops the running cell, and takes the waiting ones back. */
  interrupt(): void {
    this.cancelQueue();
    if (this.currentState === 'starting') void this.dismiss();
    else this.kernel?.interrupt();
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
      return await run.execute(kernel, (message) => { this.listener.unstoppable(this, message); });
    } catch (reason) {
      await this.explain(run, reason, kernel);
      return false;
    } finally {
      this.setState(this.kernel === undefined ? 'off' : 'idle');
    }
  }

  private async explain(run: CellRun, reason: unknown, kernel: KernelClient | undefined): Promise<void> {
    if (kernel !== undefined && this.dismissed.has(kernel)) await run.fail('Interrupted', 'The kernel was ended before the cell was. What cells had made is gone; run them again.');
    else await run.fail(...this.report(reason));
  }

  /** @returns A name and a message for the cell that suffers from it. */
  private report(reason: unknown): [name: string, message: string] {
    if (reason instanceof EngineMissing) this.listener.missing(reason);
    else this.log(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
    return reason instanceof Error ? [reason.name, reason.message] : ['Error', String(reason)];
  }

  private start(): KernelClient {
    const repository = locateRepository(this.notebook);
    if (!repository.isBuilt) throw EngineMissing.notBuilt(repository.root);
    const environment = vscode.workspace.getConfiguration('rabbitHoles', this.notebook.uri).get<Record<string, string>>('environment', {});
    const kernel = new KernelClient(repository.kernelCommand(workingFolder(this.notebook), environment), this.log);
    this.setState('starting');
    void kernel.ended.then((died) => { this.hasEnded(kernel, died); });
    return kernel;
  }

  private hasEnded(kernel: KernelClient, died: KernelDied): void {
    if (this.dismissed.has(kernel)) return;
    this.kernel = undefined;
    this.setState('off');
    this.log(died.message);
    this.listener.died(this, died.message);
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
    this.listener.stateChanged(this);
  }
}
