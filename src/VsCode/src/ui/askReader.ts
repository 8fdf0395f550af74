import * as vscode from 'vscode';
import type { InputRequest } from '../kernel/inputRequest';

/** Asks the reader for the line that a cell waits for; undefined when the question is dismissed, or the cell has ended. */
export async function askReader({ prompt, isPassword }: InputRequest, ended: AbortSignal): Promise<string | undefined> {
  const closing = new vscode.CancellationTokenSource();
  ended.addEventListener('abort', () => { closing.cancel(); }, { once: true });
  return vscode.window.showInputBox({ prompt, password: isPassword, ignoreFocusOut: true }, closing.token);
}
