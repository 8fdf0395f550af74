import * as vscode from 'vscode';
import type { KernelClient } from '../kernel/kernelClient';
import { csharp } from '../notebook/cellLanguages';

/** Lists what the cells of a notebook have made, and opens the one that is chosen. */
export async function showVariables(kernel: KernelClient | undefined): Promise<void> {
  if (kernel === undefined) {
    await vscode.window.showInformationMessage('The kernel is off. Run a cell: the variables that it makes are listed here.');
    return;
  }
  const infos = kernel.ask('RequestValueInfos', { mimeType: 'text/plain' }, csharp);
  const items = infos.then((all) => all.flatMap(({ valueInfos }) => valueInfos).map(({ name, typeName, formattedValue }) => (
    { label: name, description: typeName ?? '', detail: formattedValue.value.slice(0, 200) })));
  const chosen = await vscode.window.showQuickPick(items, { title: 'Variables', matchOnDescription: true, matchOnDetail: true });
  if (chosen !== undefined) await open(kernel, chosen.label);
}

async function open(kernel: KernelClient, name: string): Promise<void> {
  const [value] = await kernel.ask('RequestValue', { name, mimeType: 'text/plain' }, csharp);
  if (value === undefined) return;
  const document = await vscode.workspace.openTextDocument({ content: value.formattedValue.value });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
}
