import * as vscode from 'vscode';
import { locateRepository } from '../repository/locateRepository';
import { isCSharpNotebook } from './csharpNotebooks';

/**
 * Offers the controller first for C# notebooks. In those of the series it is also selected, once for each time they are opened:
 * where another extension has a controller too, VS Code would ask.
 */
export class KernelSelection implements vscode.Disposable {
  private readonly seen = new WeakSet<vscode.NotebookDocument>();
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(private readonly controller: vscode.NotebookController, private readonly extension: string) {
    this.subscriptions.push(
      vscode.workspace.onDidOpenNotebookDocument((notebook) => { this.welcome(notebook); }),
      vscode.window.onDidChangeVisibleNotebookEditors((editors) => { this.selectIn(editors); }),
      controller.onDidChangeSelectedNotebooks(({ notebook }) => this.seen.add(notebook)),
    );
    vscode.workspace.notebookDocuments.forEach((notebook) => { this.welcome(notebook); });
    this.selectIn(vscode.window.visibleNotebookEditors);
  }

  dispose(): void {
    this.subscriptions.forEach((subscription) => { subscription.dispose(); });
  }

  private welcome(notebook: vscode.NotebookDocument): void {
    if (isCSharpNotebook(notebook)) this.controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
  }

  private selectIn(editors: readonly vscode.NotebookEditor[]): void {
    const isNew = ({ notebook }: vscode.NotebookEditor): boolean =>
      !this.seen.has(notebook) && isCSharpNotebook(notebook) && isInRepository(notebook);
    editors.filter(isNew).forEach((editor) => {
      this.seen.add(editor.notebook);
      void vscode.commands.executeCommand(
        'notebook.selectKernel', { notebookEditor: editor, id: this.controller.id, extension: this.extension });
    });
  }
}

function isInRepository(notebook: vscode.NotebookDocument): boolean {
  try {
    locateRepository(notebook);
    return true;
  } catch {
    return false;
  }
}
