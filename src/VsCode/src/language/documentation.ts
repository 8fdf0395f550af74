import * as vscode from 'vscode';
import type { FormattedValue } from '../kernel/kernelCommand';

/** What the kernel says of a name: Markdown, or a text that is shown as it is. */
export function documentationOf({ mimeType, value }: FormattedValue): vscode.MarkdownString {
  return mimeType === 'text/markdown' ? new vscode.MarkdownString(value) : new vscode.MarkdownString().appendText(value);
}
