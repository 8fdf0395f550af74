import * as vscode from 'vscode';
import type { RabbitController } from '../notebook/rabbitController';
import { locateRepository } from '../repository/locateRepository';
import { buildInTerminal } from './buildTerminal';
import type { KernelLog } from './kernelLog';
import { showVariables } from './variables';

/** The commands of package.json. They are about the notebook in front. */
export function registerCommands(controller: RabbitController, log: KernelLog): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('rabbitHoles.restart', () => inFront((notebook) => controller.restart(notebook))),
    vscode.commands.registerCommand('rabbitHoles.restartAndRunAll', () => inFront(async (notebook) => {
      await controller.restart(notebook);
      await vscode.commands.executeCommand('notebook.execute');
    })),
    vscode.commands.registerCommand('rabbitHoles.variables', () => inFront((notebook) =>
      showVariables(controller.find(notebook)?.answeringKernel))),
    vscode.commands.registerCommand('rabbitHoles.build', () => inFront((notebook) => {
      buildInTerminal(locateRepository(notebook).root);
    })),
    vscode.commands.registerCommand('rabbitHoles.showLog', () => { log.show(); }),
  ];
}

async function inFront(act: (notebook: vscode.NotebookDocument) => void | Promise<void>): Promise<void> {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (notebook === undefined) await vscode.window.showInformationMessage('Open a notebook first: this command is about the one in front.');
  else await act(notebook);
}
