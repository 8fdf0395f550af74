import * as vscode from 'vscode';

/** Runs ./rabbit build where the reader sees what it says. */
export function buildInTerminal(root: string): void {
  const terminal = vscode.window.createTerminal({ name: './rabbit build', cwd: root });
  terminal.show();
  terminal.sendText('./rabbit build');
}
