import * as vscode from 'vscode';
import type { FormattedValue } from '../kernel/kernelCommand';
import type { Display } from '../kernel/kernelEvent';
import { linkedText, type CellError } from './errorText';

export type StreamName = 'stdout' | 'stderr';

/** What the kernel shows, as outputs of VS Code, with the metadata from which its .ipynb writer makes Jupyter's outputs. */
export function streamItem(name: StreamName, text: string): vscode.NotebookCellOutputItem {
  return name === 'stdout' ? vscode.NotebookCellOutputItem.stdout(text) : vscode.NotebookCellOutputItem.stderr(text);
}

export function streamOutput(name: StreamName, text: string): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput([streamItem(name, text)], { outputType: 'stream' });
}

export function displayOutput(display: Display): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput(itemsOf(display), { outputType: 'display_data' });
}

/** The value of a cell's last expression, with the count of the cell. */
export function resultOutput(display: Display, executionCount: number): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput(itemsOf(display), { outputType: 'execute_result', executionCount });
}

/** @param execution The count of the failed cell; undefined when the failure is not of the cell's code. */
export function errorOutput(error: CellError, execution?: number): vscode.NotebookCellOutput {
  const stack = execution === undefined ? error.traceback.join('\n') : linkedText(error, execution);
  const item = vscode.NotebookCellOutputItem.error({ name: error.name, message: error.value, stack });
  // Without the original the .ipynb writer keeps the lines of the stack with a blank line between them.
  const originalError = { output_type: 'error', ename: error.name, evalue: error.value, traceback: error.traceback };
  return new vscode.NotebookCellOutput([item], { outputType: 'error', originalError });
}

/** The text of what was written to a console, which comes as a display. */
export function textOf(display: Display): string {
  return display.formattedValues.map(({ value }) => value).join('');
}

function itemsOf(display: Display): vscode.NotebookCellOutputItem[] {
  return display.formattedValues.filter(({ suppressDisplay }) => suppressDisplay !== true).map(itemOf);
}

function itemOf({ mimeType, value }: FormattedValue): vscode.NotebookCellOutputItem {
  return isBinary(mimeType)
    ? new vscode.NotebookCellOutputItem(Buffer.from(value, 'base64'), mimeType)
    : vscode.NotebookCellOutputItem.text(value, mimeType);
}

/** Images other than SVG travel as base64. */
function isBinary(mimeType: string): boolean {
  return /^(image|audio|video)\//.test(mimeType) && mimeType !== 'image/svg+xml';
}
