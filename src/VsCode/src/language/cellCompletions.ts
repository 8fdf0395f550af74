import * as vscode from 'vscode';
import type { Completion } from '../kernel/kernelEvent';
import { rangeOf } from '../notebook/codeRange';
import { placeIn, type CellQuestions } from './cellQuestions';

/** Roslyn's names of kinds, where VS Code's are others. */
const otherKinds: Readonly<Record<string, keyof typeof vscode.CompletionItemKind>> = {
  Delegate: 'Function',
  EnumMember: 'EnumMember',
  ExtensionMethod: 'Method',
  Local: 'Variable',
  Namespace: 'Module',
  Parameter: 'Variable',
  RangeVariable: 'Variable',
  Structure: 'Struct',
};

export class CellCompletions implements vscode.CompletionItemProvider {
  constructor(private readonly questions: CellQuestions) {}

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const answers = await this.questions.ask(document, 'RequestCompletions', placeIn(document, position));
    return answers.flatMap(({ completions, linePositionSpan }) => {
      const range = linePositionSpan ? rangeOf(linePositionSpan) : undefined;
      return completions.map((completion) => itemOf(completion, range));
    });
  }
}

function itemOf(completion: Completion, range: vscode.Range | undefined): vscode.CompletionItem {
  const item = new vscode.CompletionItem(completion.displayText, kindOf(completion.kind));
  item.insertText = completion.insertTextFormat === 'snippet' ? new vscode.SnippetString(completion.insertText) : completion.insertText;
  item.filterText = completion.filterText;
  item.sortText = completion.sortText;
  if (range !== undefined) item.range = range;
  if (completion.documentation) item.documentation = completion.documentation;
  return item;
}

function kindOf(kind: string): vscode.CompletionItemKind {
  const kinds = vscode.CompletionItemKind as unknown as Readonly<Record<string, vscode.CompletionItemKind>>;
  return kinds[otherKinds[kind] ?? kind] ?? vscode.CompletionItemKind.Value;
}
