import * as vscode from 'vscode';
import type { NotebookSession } from '../notebook/notebookSession';
import type { EngineMissing } from '../repository/engineMissing';
import { buildInTerminal } from './buildTerminal';
import type { KernelLog } from './kernelLog';

/** What is told to the reader apart from the cells, each with the way out. */
export class Messages {
  constructor(private readonly log: KernelLog, private readonly restart: (notebook: vscode.NotebookDocument) => Promise<void>) {}

  async died(session: NotebookSession, message: string): Promise<void> {
    const choice = await vscode.window.showErrorMessage(
      `${message} What cells had made is gone.`, 'Restart Kernel', 'Show Log');
    if (choice === 'Restart Kernel') await this.restart(session.notebook);
    else if (choice === 'Show Log') this.log.show();
  }

  async unstoppable(session: NotebookSession, message: string): Promise<void> {
    const choice = await vscode.window.showWarningMessage(message, 'Restart Kernel');
    if (choice === 'Restart Kernel') await this.restart(session.notebook);
  }

  async missing(reason: EngineMissing): Promise<void> {
    if (reason.root === undefined) {
      await vscode.window.showErrorMessage(reason.message);
      return;
    }
    const choice = await vscode.window.showErrorMessage(reason.message, 'Run ./rabbit build');
    if (choice !== undefined) buildInTerminal(reason.root);
  }
}
