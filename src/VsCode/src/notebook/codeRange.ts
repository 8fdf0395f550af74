import * as vscode from 'vscode';
import type { LineSpan } from '../kernel/kernelEvent';

/** The kernel's stretch of code as VS Code's. */
export function rangeOf({ start, end }: LineSpan): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
