import * as vscode from 'vscode';
import type { RabbitController } from '../notebook/rabbitController';
import { csharp } from '../notebook/csharpNotebooks';
import { kernelOf } from './kernelOf';

/** The signature and the documentation of what the pointer is on. */
export class CellHover implements vscode.HoverProvider {
  constructor(private readonly controller: RabbitController) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const reply = await kernelOf(this.controller, document)?.ask('inspect', document.getText(), document.offsetAt(position));
    const { signature, documentation } = (reply ?? {}) as { signature?: string; documentation?: string };
    if (signature === undefined) return undefined;
    const text = new vscode.MarkdownString().appendCodeblock(signature, csharp);
    if (documentation !== undefined && documentation !== '') text.appendText(`\n${documentation}`);
    return new vscode.Hover(text);
  }
}
