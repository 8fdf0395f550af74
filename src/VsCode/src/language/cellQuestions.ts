import type * as vscode from 'vscode';
import type { Answer, Question } from '../kernel/kernelClient';
import type { KernelCommands, LinePosition } from '../kernel/kernelCommand';
import { kernelOf } from '../notebook/cellLanguages';
import { cellOf } from '../notebook/notebookCells';
import type { RabbitController } from '../notebook/rabbitController';

/** Asks the kernel of a cell about the cell, unless the kernel is off or starting. */
export class CellQuestions {
  constructor(private readonly controller: RabbitController) {}

  /** The answers to a question; none when nobody can answer it. */
  async ask<T extends Question>(document: vscode.TextDocument, type: T, command: KernelCommands[T]): Promise<Answer<T>[]> {
    const cell = cellOf(document);
    const kernel = cell === undefined ? undefined : this.controller.find(cell.notebook)?.answeringKernel;
    return cell === undefined || kernel === undefined ? [] : kernel.ask(type, command, kernelOf(cell));
  }
}

/** What is asked about a place of a cell's code. */
export function placeIn(document: vscode.TextDocument, position: vscode.Position): { code: string; linePosition: LinePosition } {
  return { code: document.getText(), linePosition: { line: position.line, character: position.character } };
}
