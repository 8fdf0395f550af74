import * as vscode from 'vscode';
import type { CellProblems } from '../notebook/cellProblems';
import { csharp } from '../notebook/cellLanguages';
import { cellOf } from '../notebook/languageSync';
import type { CellQuestions } from './cellQuestions';

/** How long the reader must have paused in typing before the compiler is asked. */
const pauseMs = 300;

/** Asks the compiler about cells while they are typed, and again about those it found fault with when another cell has run. */
export class CellDiagnostics implements vscode.Disposable {
  private readonly typing = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions = [
    vscode.workspace.onDidChangeTextDocument(({ document }) => { this.typed(document); }),
    vscode.workspace.onDidCloseTextDocument((document) => { this.stopWaiting(document); }),
  ];

  constructor(private readonly questions: CellQuestions, private readonly problems: CellProblems) {}

  /** A cell has run: what another lacked may be there. */
  async refresh(notebook: vscode.NotebookDocument): Promise<void> {
    await Promise.all(notebook.getCells().filter((cell) => this.problems.hasTold(cell)).map((cell) => this.check(cell)));
  }

  dispose(): void {
    this.subscriptions.forEach((subscription) => { subscription.dispose(); });
    this.typing.forEach((pause) => { clearTimeout(pause); });
  }

  private typed(document: vscode.TextDocument): void {
    const cell = document.languageId === csharp ? cellOf(document) : undefined;
    if (cell === undefined) return;
    this.stopWaiting(document);
    this.typing.set(document.uri.toString(), setTimeout(() => void this.check(cell), pauseMs));
  }

  private stopWaiting(document: vscode.TextDocument): void {
    clearTimeout(this.typing.get(document.uri.toString()));
    this.typing.delete(document.uri.toString());
  }

  /** An answer about a text that has changed meanwhile is none. */
  private async check(cell: vscode.NotebookCell): Promise<void> {
    const { document } = cell;
    const { version } = document;
    const answers = await this.questions.ask(document, 'RequestDiagnostics', { code: document.getText() });
    if (document.version === version && !document.isClosed) this.problems.tell(cell, answers.flatMap(({ diagnostics }) => diagnostics));
  }
}
