import * as vscode from 'vscode';

/** The type of document that VS Code makes of *.ipynb files. */
export const notebookType = 'jupyter-notebook';

/** VS Code's name of the language of the cells. */
export const csharp = 'csharp';

/** What the cells of C# notebooks are taken for when `language_info` names the archived extension, or nothing that VS Code knows. */
const mistaken = ['polyglot-notebook', 'plaintext', 'C#', 'raw'];

/** Whether the notebook says that its kernel is one for C#. */
export function isCSharpNotebook(notebook: vscode.NotebookDocument): boolean {
  if (notebook.notebookType !== notebookType) return false;
  // VS Code keeps the file's own metadata here; before 1.93 one level deeper.
  const metadata = notebook.metadata as { metadata?: FileMetadata; custom?: { metadata?: FileMetadata } };
  const file = metadata.metadata ?? metadata.custom?.metadata;
  const { name = '', language = '' } = file?.kernelspec ?? {};
  return name.startsWith('.net-csharp') || ['c#', csharp].includes(language.toLowerCase());
}

/** Makes C# of code cells that VS Code took for another language, as it would skip them silently. */
export async function repairLanguages(notebook: vscode.NotebookDocument): Promise<void> {
  const broken = notebook.getCells().filter(
    (cell) => cell.kind === vscode.NotebookCellKind.Code && mistaken.includes(cell.document.languageId) && isCSharpCell(cell));
  await Promise.all(broken.map((cell) => vscode.languages.setTextDocumentLanguage(cell.document, csharp)));
}

/** Cells of the archived extension may be of other languages: each names its own. */
function isCSharpCell(cell: vscode.NotebookCell): boolean {
  const metadata = cell.metadata as { metadata?: CellMetadata; custom?: { metadata?: CellMetadata } };
  const file = metadata.metadata ?? metadata.custom?.metadata;
  return (file?.polyglot_notebook?.kernelName ?? csharp) === csharp;
}

interface FileMetadata {
  readonly kernelspec?: { readonly name?: string; readonly language?: string };
}

interface CellMetadata {
  readonly polyglot_notebook?: { readonly kernelName?: string };
}
