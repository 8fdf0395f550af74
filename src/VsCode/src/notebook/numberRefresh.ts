import * as vscode from 'vscode';
import { codeCells } from './notebookCells';
import { withNumbers } from './markedNumbers';

/** What a claim stores in its output for programs: see src/Lessons/ClaimRecord.cs. */
const claimType = 'application/vnd.rabbit.claim+json';

/** Writes the numbers that cells have claimed into the text around them, so that it says what the reader's own run gave. */
export async function refreshNumbers(notebook: vscode.NotebookDocument): Promise<void> {
  const numbers = claimedNumbers(notebook);
  const edit = new vscode.WorkspaceEdit();
  for (const { document } of notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Markup)) {
    const before = document.getText();
    const after = withNumbers(before, numbers);
    const whole = new vscode.Range(new vscode.Position(0, 0), document.positionAt(before.length));
    if (after !== before) edit.replace(document.uri, whole, after);
  }
  if (edit.size > 0) await vscode.workspace.applyEdit(edit);
}

function claimedNumbers(notebook: vscode.NotebookDocument): Map<string, string> {
  const items = codeCells(notebook).flatMap((cell) => cell.outputs).flatMap((output) => output.items);
  return new Map(items.filter(({ mime }) => mime === claimType).flatMap(({ data }) => {
    const { id, prose } = JSON.parse(Buffer.from(data).toString()) as { id?: string; prose?: string };
    return id === undefined || prose === undefined ? [] : [[id, prose] as const];
  }));
}
