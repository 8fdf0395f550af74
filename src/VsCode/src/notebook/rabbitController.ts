import * as vscode from 'vscode';
import type { CellProblems } from './cellProblems';
import { cellLanguages, csharp } from './cellLanguages';
import { notebookType } from './csharpNotebooks';
import { NotebookSession, type SessionFrontEnd } from './notebookSession';

/** Runs the cells of notebooks, each notebook in a kernel process of its own that lasts until the notebook is closed. */
export class RabbitController implements vscode.Disposable {
  readonly controller: vscode.NotebookController;
  private readonly sessions = new Map<vscode.NotebookDocument, NotebookSession>();
  private readonly closing: vscode.Disposable;

  constructor(private readonly frontEnd: SessionFrontEnd, private readonly problems: CellProblems) {
    this.controller = vscode.notebooks.createNotebookController(csharp, notebookType, 'C# (LLM Rabbit Holes)');
    this.controller.description = './rabbit kernel';
    this.controller.supportedLanguages = cellLanguages;
    this.controller.supportsExecutionOrder = true;
    this.controller.executeHandler = (cells, notebook) => this.execute(cells, notebook);
    this.controller.interruptHandler = (notebook) => { this.find(notebook)?.interrupt(); };
    this.closing = vscode.workspace.onDidCloseNotebookDocument((notebook) => this.close(notebook));
  }

  /** The session of a notebook in which something has been run. */
  find(notebook: vscode.NotebookDocument): NotebookSession | undefined {
    return this.sessions.get(notebook);
  }

  async restart(notebook: vscode.NotebookDocument): Promise<void> {
    this.problems.clearAll(notebook);
    await this.sessionOf(notebook).restart();
  }

  dispose(): void {
    this.closing.dispose();
    this.controller.dispose();
    this.sessions.forEach((session) => { session.kill(); });
  }

  private async execute(cells: readonly vscode.NotebookCell[], notebook: vscode.NotebookDocument): Promise<void> {
    await this.sessionOf(notebook).run(cells);
  }

  private sessionOf(notebook: vscode.NotebookDocument): NotebookSession {
    const session = this.sessions.get(notebook) ?? new NotebookSession(notebook, this.controller, this.problems, this.frontEnd);
    this.sessions.set(notebook, session);
    return session;
  }

  private async close(notebook: vscode.NotebookDocument): Promise<void> {
    const session = this.sessions.get(notebook);
    this.sessions.delete(notebook);
    await session?.stop();
  }
}
