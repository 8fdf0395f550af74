import * as vscode from 'vscode';
import { CellProblems } from './cellProblems';
import { CellRun } from './cellRun';
import { csharp, notebookType } from './csharpNotebooks';
import { NotebookSession, type SessionListener } from './notebookSession';

/** Runs the C# cells of notebooks, each notebook in a kernel process of its own that lasts until the notebook is closed. */
export class RabbitController implements vscode.Disposable {
  readonly controller: vscode.NotebookController;
  private readonly sessions = new Map<vscode.NotebookDocument, NotebookSession>();
  private readonly problems = new CellProblems();
  private readonly closing: vscode.Disposable;

  constructor(private readonly listener: SessionListener, private readonly log: (line: string) => void) {
    this.controller = vscode.notebooks.createNotebookController(csharp, notebookType, 'C# (LLM Rabbit Holes)');
    this.controller.description = './rabbit kernel';
    this.controller.supportedLanguages = [csharp];
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
    this.problems.dispose();
    this.controller.dispose();
    this.sessions.forEach((session) => { session.kill(); });
  }

  private async execute(cells: readonly vscode.NotebookCell[], notebook: vscode.NotebookDocument): Promise<void> {
    await this.sessionOf(notebook).run(cells.map((cell) => new CellRun(cell, this.controller, this.problems)));
  }

  private sessionOf(notebook: vscode.NotebookDocument): NotebookSession {
    const session = this.sessions.get(notebook) ?? new NotebookSession(notebook, this.listener, this.log);
    this.sessions.set(notebook, session);
    return session;
  }

  private async close(notebook: vscode.NotebookDocument): Promise<void> {
    const session = this.sessions.get(notebook);
    this.sessions.delete(notebook);
    await session?.stop();
  }
}
