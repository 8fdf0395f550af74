import * as vscode from 'vscode';
import type { RabbitController } from '../notebook/rabbitController';
import { kernelOf } from './kernelOf';

/** One proposal of the kernel, which sends them filtered and ordered. */
interface Proposal {
  readonly text: string;
  readonly kind?: string;
  readonly detail?: string;
}

const kinds: Readonly<Record<string, vscode.CompletionItemKind>> = {
  class: vscode.CompletionItemKind.Class,
  constant: vscode.CompletionItemKind.Constant,
  delegate: vscode.CompletionItemKind.Function,
  enum: vscode.CompletionItemKind.Enum,
  event: vscode.CompletionItemKind.Event,
  field: vscode.CompletionItemKind.Field,
  interface: vscode.CompletionItemKind.Interface,
  keyword: vscode.CompletionItemKind.Keyword,
  local: vscode.CompletionItemKind.Variable,
  method: vscode.CompletionItemKind.Method,
  namespace: vscode.CompletionItemKind.Module,
  parameter: vscode.CompletionItemKind.Variable,
  property: vscode.CompletionItemKind.Property,
  struct: vscode.CompletionItemKind.Struct,
};

export class CellCompletions implements vscode.CompletionItemProvider {
  constructor(private readonly controller: RabbitController) {}

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const cursor = document.offsetAt(position);
    const reply = await kernelOf(this.controller, document)?.ask('complete', document.getText(), cursor);
    if (reply === undefined || !Array.isArray(reply['items'])) return [];
    const { start, end } = reply as { start?: number; end?: number };
    const range = new vscode.Range(document.positionAt(start ?? cursor), document.positionAt(end ?? cursor));
    return (reply['items'] as Proposal[]).map((proposal, index) => itemOf(proposal, index, range));
  }
}

function itemOf(proposal: Proposal, index: number, range: vscode.Range): vscode.CompletionItem {
  const item = new vscode.CompletionItem(proposal.text, kinds[proposal.kind ?? ''] ?? vscode.CompletionItemKind.Value);
  item.range = range;
  item.sortText = String(index).padStart(5, '0');
  if (proposal.detail !== undefined) item.detail = proposal.detail;
  return item;
}
