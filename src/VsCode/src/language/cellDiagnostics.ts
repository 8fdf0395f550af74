import * as vscode from 'vscode';
import type { CellProblems } from '../notebook/cellProblems';
import { csharp } from '../notebook/cellLanguages';
import { cellOf } from '../notebook/notebookCells';
import type { CellQuestions } from './cellQuestions';

/** How long the reader must have paused in typing before the compiler is asked. */
const pauseMs = 300;

/** How often it is asked again when it says nothing at all. */
const patience = 5;

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
    if (cell !== undefined) this.checkSoon(cell, patience);
  }

  private checkSoon(cell: vscode.NotebookCell, tries: number): void {
    this.stopWaiting(cell.document);
    this.typing.set(cell.document.uri.toString(), setTimeout(() => void this.check(cell, tries), pauseMs));
  }

  private stopWaiting(document: vscode.TextDocument): void {
    clearTimeout(this.typing.get(document.uri.toString()));
    this.typing.delete(document.uri.toString());
  }

  /** An answer about a text that has changed meanwhile is none. */
  private async check(cell: vscode.NotebookCell, tries = 0): Promise<void> {
    const { document } = cell;
    const { version } = document;
    const answers = await this.questions.ask(document, 'RequestDiagnostics', { code: document.getText() });
    if (document.version !== version || document.isClosed) return;
    // The kernel may say nothing of lines for it while it answers another question.
    if (answers.length === 0 && tries > 0) this.checkSoon(cell, tries - 1);
    else this.problems.tell(cell, answers.flatMap(({ diagnostics }) => diagnostics));
  }
}
