import * as vscode from 'vscode';
import { csharp } from '../notebook/cellLanguages';
import { notebookType } from '../notebook/csharpNotebooks';
import { CellCompletions } from './cellCompletions';
import { CellHover } from './cellHover';
import type { CellQuestions } from './cellQuestions';
import { CellSignatures } from './cellSignatures';

/** Completions, hover and signatures in the cells, from the kernel: it knows what the cells before have made. */
export function registerLanguageFeatures(questions: CellQuestions): vscode.Disposable[] {
  const cells: vscode.DocumentSelector = { notebookType, language: csharp };
  return [
    vscode.languages.registerCompletionItemProvider(cells, new CellCompletions(questions), '.', '#', '!'),
    vscode.languages.registerHoverProvider(cells, new CellHover(questions)),
    vscode.languages.registerSignatureHelpProvider(cells, new CellSignatures(questions), '(', ','),
  ];
}
