import * as vscode from 'vscode';
import type { DisplayEvent, ErrorEvent, MimeBundle, ResultEvent, StreamEvent } from '../kernel/kernelEvent';
import { linkedText } from './errorText';

/** What the kernel shows, as outputs of VS Code, with the metadata from which its .ipynb writer makes Jupyter's outputs. */
export function streamItem(name: StreamEvent['name'], text: string): vscode.NotebookCellOutputItem {
  return name === 'stdout' ? vscode.NotebookCellOutputItem.stdout(text) : vscode.NotebookCellOutputItem.stderr(text);
}

export function streamOutput(name: StreamEvent['name'], text: string): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput([streamItem(name, text)], { outputType: 'stream' });
}

export function richOutput(event: DisplayEvent | ResultEvent): vscode.NotebookCellOutput {
  const metadata = event.type === 'result'
    ? { outputType: 'execute_result', executionCount: event.execution_count, metadata: event.metadata }
    : { outputType: 'display_data', metadata: event.metadata };
  return new vscode.NotebookCellOutput(itemsOf(event.data), metadata);
}

/** @param execution The count of the failed cell; null when the failure is not of the cell's code. */
export function errorOutput(error: ErrorEvent, execution: number | null): vscode.NotebookCellOutput {
  const stack = execution === null ? error.traceback.join('\n') : linkedText(error, execution);
  const item = vscode.NotebookCellOutputItem.error({ name: error.name, message: error.value, stack });
  // Without the original the .ipynb writer keeps the lines of the stack with a blank line between them.
  const originalError = { output_type: 'error', ename: error.name, evalue: error.value, traceback: error.traceback };
  return new vscode.NotebookCellOutput([item], { outputType: 'error', originalError });
}

function itemsOf(data: MimeBundle): vscode.NotebookCellOutputItem[] {
  return Object.entries(data).map(([mime, value]) => itemOf(mime, value));
}

function itemOf(mime: string, value: unknown): vscode.NotebookCellOutputItem {
  if (typeof value !== 'string') return vscode.NotebookCellOutputItem.json(value, mime);
  return isBinary(mime)
    ? new vscode.NotebookCellOutputItem(Buffer.from(value, 'base64'), mime)
    : vscode.NotebookCellOutputItem.text(value, mime);
}

/** Images other than SVG travel as base64. */
function isBinary(mime: string): boolean {
  return /^(image|audio|video)\//.test(mime) && mime !== 'image/svg+xml';
}
