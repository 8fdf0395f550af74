import * as vscode from 'vscode';
import { csharp, notebookType } from '../notebook/csharpNotebooks';
import type { RabbitController } from '../notebook/rabbitController';
import { CellCompletions } from './cellCompletions';
import { CellHover } from './cellHover';

/** Completions and hover in the cells, from the kernel: it knows what the cells before have made. */
export function registerLanguageFeatures(controller: RabbitController): vscode.Disposable[] {
  const cells: vscode.DocumentSelector = { notebookType, language: csharp };
  return [
    vscode.languages.registerCompletionItemProvider(cells, new CellCompletions(controller), '.'),
    vscode.languages.registerHoverProvider(cells, new CellHover(controller)),
  ];
}
