import * as vscode from 'vscode';
import type { Diagnostic } from '../kernel/kernelEvent';
import { rangeOf } from './codeRange';
import { throwPlaceOf, type CellError } from './errorText';

/** The kernel's severities; what is hidden is not for readers. */
const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

/**
 * What is wrong with cells, underlined in them and listed among the problems: what the compiler says of the text as it is, and the line
 * where a run failed, until the cell is edited or run again.
 */
export class CellProblems implements vscode.Disposable {
  private readonly told = vscode.languages.createDiagnosticCollection('Rabbit Holes compiler');
  private readonly threw = vscode.languages.createDiagnosticCollection('Rabbit Holes');
  private readonly edits = vscode.workspace.onDidChangeTextDocument((change) => {
    if (change.contentChanges.length > 0) this.threw.delete(change.document.uri);
  });

  /** What the compiler says of a cell, in place of what it said before. */
  tell(cell: vscode.NotebookCell, diagnostics: readonly Diagnostic[]): void {
    this.told.set(cell.document.uri, diagnostics.flatMap(diagnosticOf));
  }

  /** Whether the compiler has said something of the cell. */
  hasTold(cell: vscode.NotebookCell): boolean {
    return (this.told.get(cell.document.uri) ?? []).length > 0;
  }

  /** The line of a cell where an exception was thrown. */
  thrown(cell: vscode.NotebookCell, error: CellError, execution: number): void {
    const place = throwPlaceOf(error, execution);
    if (place === undefined) return;
    const line = cell.document.lineAt(Math.min(place.line, cell.document.lineCount) - 1);
    const range = new vscode.Range(line.range.start.translate(0, line.firstNonWhitespaceCharacterIndex), line.range.end);
    this.threw.set(cell.document.uri, [new vscode.Diagnostic(range, place.message)]);
  }

  clear(cell: vscode.NotebookCell): void {
    this.told.delete(cell.document.uri);
    this.threw.delete(cell.document.uri);
  }

  clearAll(notebook: vscode.NotebookDocument): void {
    notebook.getCells().forEach((cell) => { this.clear(cell); });
  }

  dispose(): void {
    this.edits.dispose();
    this.told.dispose();
    this.threw.dispose();
  }
}

function diagnosticOf({ linePositionSpan, severity, code, message }: Diagnostic): vscode.Diagnostic[] {
  if (severity === 'hidden') return [];
  const diagnostic = new vscode.Diagnostic(rangeOf(linePositionSpan), message, severities[severity]);
  diagnostic.code = code;
  diagnostic.source = 'C#';
  return [diagnostic];
}
