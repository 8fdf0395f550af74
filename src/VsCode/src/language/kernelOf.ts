import * as vscode from 'vscode';
import type { KernelClient } from '../kernel/kernelClient';
import type { RabbitController } from '../notebook/rabbitController';

/** The kernel that can be asked about a cell now: that of its notebook, unless it is off or starting. */
export function kernelOf(controller: RabbitController, document: vscode.TextDocument): KernelClient | undefined {
  const notebook = vscode.workspace.notebookDocuments.find(
    (candidate) => candidate.getCells().some((cell) => cell.document === document));
  return notebook === undefined ? undefined : controller.find(notebook)?.answeringKernel;
}
