import type * as vscode from 'vscode';
import { csharp } from './cellLanguages';

/** The type of document that VS Code makes of *.ipynb files. */
export const notebookType = 'jupyter-notebook';

/** Whether the notebook says that its kernel is one for C#. */
export function isCSharpNotebook(notebook: vscode.NotebookDocument): boolean {
  if (notebook.notebookType !== notebookType) return false;
  // VS Code keeps the file's own metadata here; before 1.93 one level deeper.
  const metadata = notebook.metadata as { metadata?: FileMetadata; custom?: { metadata?: FileMetadata } };
  const file = metadata.metadata ?? metadata.custom?.metadata;
  const { name = '', language = '' } = file?.kernelspec ?? {};
  return name.startsWith('.net-csharp') || ['c#', csharp].includes(language.toLowerCase());
}

interface FileMetadata {
  readonly kernelspec?: { readonly name?: string; readonly language?: string };
}
