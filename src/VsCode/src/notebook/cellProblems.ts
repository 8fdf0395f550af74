import * as vscode from 'vscode';
import type { CellPlace } from './errorText';

/** The places where cells failed, underlined in the cells and listed among the problems until the cell is edited or run again. */
export class CellProblems implements vscode.Disposable {
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('Rabbit Holes');
  private readonly edits = vscode.workspace.onDidChangeTextDocument((change) => {
    if (change.contentChanges.length > 0) this.diagnostics.delete(change.document.uri);
  });

  show(cell: vscode.NotebookCell, places: readonly CellPlace[]): void {
    this.diagnostics.set(cell.document.uri, places.map((place) => diagnosticAt(cell.document, place)));
  }

  clear(cell: vscode.NotebookCell): void {
    this.diagnostics.delete(cell.document.uri);
  }

  clearAll(notebook: vscode.NotebookDocument): void {
    notebook.getCells().forEach((cell) => { this.clear(cell); });
  }

  dispose(): void {
    this.edits.dispose();
    this.diagnostics.dispose();
  }
}

function diagnosticAt(document: vscode.TextDocument, place: CellPlace): vscode.Diagnostic {
  const line = document.lineAt(Math.min(place.line, document.lineCount) - 1);
  return new vscode.Diagnostic(rangeOf(document, line, place.column), place.message, vscode.DiagnosticSeverity.Error);
}

/** The word at the column; the whole line for an exception. */
function rangeOf(document: vscode.TextDocument, line: vscode.TextLine, column: number | undefined): vscode.Range {
  if (column === undefined) return new vscode.Range(line.range.start.translate(0, line.firstNonWhitespaceCharacterIndex), line.range.end);
  const start = document.validatePosition(new vscode.Position(line.lineNumber, column - 1));
  return document.getWordRangeAtPosition(start) ?? document.validateRange(new vscode.Range(start, start.translate(0, 1)));
}
