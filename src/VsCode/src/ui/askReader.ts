import * as vscode from 'vscode';
import type { InputRequest } from '../kernel/inputRequest';

/** Asks the reader for the line that a cell waits for; undefined when the question is dismissed. */
export async function askReader({ prompt, isPassword }: InputRequest): Promise<string | undefined> {
  return vscode.window.showInputBox({ prompt, password: isPassword, ignoreFocusOut: true });
}
