import * as vscode from 'vscode';
import { isCSharpNotebook } from '../notebook/csharpNotebooks';
import type { KernelState } from '../notebook/kernelState';
import type { RabbitController } from '../notebook/rabbitController';

const faces: Readonly<Record<KernelState, { readonly icon: string; readonly words: string }>> = {
  off: { icon: '$(circle-outline)', words: 'off: the first cell starts it' },
  starting: { icon: '$(loading~spin)', words: 'starting' },
  idle: { icon: '$(circle-filled)', words: 'idle' },
  busy: { icon: '$(sync~spin)', words: 'busy' },
};

/** Says in the status bar what the kernel of the notebook in front does. A click restarts it. */
export class KernelStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('rabbitHoles.kernel', vscode.StatusBarAlignment.Left);
  private readonly fronts = vscode.window.onDidChangeActiveNotebookEditor(() => { this.update(); });
  private saying = '';

  constructor(private readonly controller: RabbitController) {
    this.item.name = 'Rabbit Holes kernel';
    this.item.command = 'rabbitHoles.restart';
    this.update();
  }

  update(): void {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    if (notebook === undefined || !isCSharpNotebook(notebook)) {
      this.item.hide();
      return;
    }
    const state = this.controller.find(notebook)?.state ?? 'off';
    if (state !== 'starting') this.saying = '';
    this.item.text = `${faces[state].icon} C#: ${state}${this.saying}`;
    this.item.tooltip = `The kernel of this notebook is ${faces[state].words}. Click to restart it.`;
    this.item.accessibilityInformation = { label: `C# kernel ${state}` };
    this.item.show();
  }

  /** What the set-up says while the kernel starts, such as "building what changed". */
  say(line: string): void {
    this.saying = ` (${line.slice(0, 60)})`;
    this.update();
  }

  dispose(): void {
    this.fronts.dispose();
    this.item.dispose();
  }
}
