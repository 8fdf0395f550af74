import * as vscode from 'vscode';
import { csharp, languageOf, metadataWithKernel, plain } from './cellLanguages';
import { isCSharpNotebook } from './csharpNotebooks';
import { codeCells } from './notebookCells';

/**
 * Keeps the languages of cells and the kernels that their metadata name alike. In the file the metadata decide, as other programs
 * read them: a notebook that is opened gets its languages from there. In the editor the reader chooses a language, and the metadata follow.
 */
export class LanguageSync implements vscode.Disposable {
  private readonly opened = new WeakSet<vscode.NotebookDocument>();
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor() {
    this.subscriptions.push(
      vscode.workspace.onDidOpenNotebookDocument((notebook) => this.open(notebook)),
      // Also after other changes: VS Code writes a cell's metadata down itself when its language changes, as they were before.
      vscode.workspace.onDidChangeNotebookDocument(({ notebook, cellChanges }) => this.follow(notebook, cellChanges.map(({ cell }) => cell))),
    );
    vscode.workspace.notebookDocuments.forEach((notebook) => void this.open(notebook));
  }

  dispose(): void {
    this.subscriptions.forEach((subscription) => { subscription.dispose(); });
  }

  /** Cells that VS Code took for another language it would skip silently. */
  private async open(notebook: vscode.NotebookDocument): Promise<void> {
    if (!isCSharpNotebook(notebook)) return;
    await Promise.all(codeCells(notebook).map((cell) => setLanguage(cell.document, languageOf(cell))));
    this.opened.add(notebook);
  }

  private async follow(notebook: vscode.NotebookDocument, cells: readonly vscode.NotebookCell[]): Promise<void> {
    if (!this.opened.has(notebook)) return;
    const edits = cells.filter((cell) => cell.kind === vscode.NotebookCellKind.Code).flatMap((cell) => {
      const metadata = metadataWithKernel(cell);
      return metadata === undefined ? [] : [vscode.NotebookEdit.updateCellMetadata(cell.index, metadata)];
    });
    if (edits.length === 0) return;
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, edits);
    await vscode.workspace.applyEdit(edit);
  }
}

async function setLanguage(document: vscode.TextDocument, language: string): Promise<void> {
  // A language that VS Code does not know has a document of plain text all the same: to that alone it would see no change.
  if (language === plain) await vscode.languages.setTextDocumentLanguage(document, csharp);
  if (document.languageId !== language) await vscode.languages.setTextDocumentLanguage(document, language);
}
