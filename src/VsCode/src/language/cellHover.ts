import * as vscode from 'vscode';
import { rangeOf } from '../notebook/codeRange';
import { placeIn, type CellQuestions } from './cellQuestions';
import { documentationOf } from './documentation';

/** The signature and the documentation of what the pointer is on. */
export class CellHover implements vscode.HoverProvider {
  constructor(private readonly questions: CellQuestions) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const [answer] = await this.questions.ask(document, 'RequestHoverText', placeIn(document, position));
    if (answer === undefined) return undefined;
    const best = answer.content.find(({ mimeType }) => mimeType === 'text/markdown') ?? answer.content[0];
    return best && new vscode.Hover(documentationOf(best), answer.linePositionSpan ? rangeOf(answer.linePositionSpan) : undefined);
  }
}
