import * as vscode from 'vscode';
import { registerLanguageFeatures } from './language/languageFeatures';
import { KernelSelection } from './notebook/kernelSelection';
import { RabbitController } from './notebook/rabbitController';
import { registerCommands } from './ui/commands';
import { KernelLog } from './ui/kernelLog';
import { KernelStatus } from './ui/kernelStatus';
import { Messages } from './ui/messages';

/** Called by VS Code when the first notebook is opened. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new KernelLog();
  const controller: RabbitController = new RabbitController(
    {
      stateChanged: () => { status.update(); },
      died: (session, message) => void messages.died(session, message),
      unstoppable: (session, message) => void messages.unstoppable(session, message),
      missing: (reason) => void messages.missing(reason),
    },
    (line) => { log.add(line); });
  const messages = new Messages(log, (notebook) => controller.restart(notebook));
  const status = new KernelStatus(controller);
  context.subscriptions.push(
    log, controller, status,
    log.onDidAdd((line) => { status.say(line); }),
    new KernelSelection(controller.controller, context.extension.id),
    ...registerCommands(controller, log),
    ...registerLanguageFeatures(controller));
}
