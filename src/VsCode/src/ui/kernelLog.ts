import * as vscode from 'vscode';

/** What kernel processes say outside of cells, as an output channel of the window. */
export class KernelLog implements vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('Rabbit Holes kernel', { log: true });
  private readonly lines = new vscode.EventEmitter<string>();

  /** Fires for each line. */
  readonly onDidAdd = this.lines.event;

  add(line: string): void {
    this.channel.info(line);
    this.lines.fire(line);
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.lines.dispose();
    this.channel.dispose();
  }
}
