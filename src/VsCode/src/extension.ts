import * as vscode from 'vscode';
import { CellDiagnostics } from './language/cellDiagnostics';
import { CellQuestions } from './language/cellQuestions';
import { registerLanguageFeatures } from './language/languageFeatures';
import { CellProblems } from './notebook/cellProblems';
import { KernelSelection } from './notebook/kernelSelection';
import { LanguageSync } from './notebook/languageSync';
import { RabbitController } from './notebook/rabbitController';
import { askReader } from './ui/askReader';
import { registerCommands } from './ui/commands';
import { KernelLog } from './ui/kernelLog';
import { KernelStatus } from './ui/kernelStatus';
import { Messages } from './ui/messages';

/** Called by VS Code when the first notebook is opened. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new KernelLog();
  const problems = new CellProblems();
  const controller: RabbitController = new RabbitController(
    {
      log: (line) => { log.add(line); },
      input: askReader,
      stateChanged: () => { status.update(); },
      ran: ({ notebook }) => void diagnostics.refresh(notebook),
      died: (session, message) => void messages.died(session, message),
      unstoppable: (session, message) => void messages.unstoppable(session, message),
      missing: (reason) => void messages.missing(reason),
    },
    problems);
  const questions = new CellQuestions(controller);
  const diagnostics = new CellDiagnostics(questions, problems);
  const messages = new Messages(log, (notebook) => controller.restart(notebook));
  const status = new KernelStatus(controller);
  context.subscriptions.push(
    log, controller, diagnostics, problems, status,
    log.onDidAdd((line) => { status.say(line); }),
    new LanguageSync(),
    new KernelSelection(controller.controller, context.extension.id),
    ...registerCommands(controller, log),
    ...registerLanguageFeatures(questions));
}
