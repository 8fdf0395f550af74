import * as vscode from 'vscode';
import type { Parameter, Signature } from '../kernel/kernelEvent';
import { placeIn, type CellQuestions } from './cellQuestions';
import { documentationOf } from './documentation';

/** The parameters of the call that is being typed. */
export class CellSignatures implements vscode.SignatureHelpProvider {
  constructor(private readonly questions: CellQuestions) {}

  async provideSignatureHelp(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.SignatureHelp | undefined> {
    const [answer] = await this.questions.ask(document, 'RequestSignatureHelp', placeIn(document, position));
    if (answer === undefined || answer.signatures.length === 0) return undefined;
    const help = new vscode.SignatureHelp();
    help.signatures = answer.signatures.map(signatureOf);
    help.activeSignature = answer.activeSignatureIndex;
    help.activeParameter = answer.activeParameterIndex;
    return help;
  }
}

function signatureOf({ label, documentation, parameters }: Signature): vscode.SignatureInformation {
  const signature = new vscode.SignatureInformation(label, documentationOf(documentation));
  signature.parameters = parameters.map(parameterOf);
  return signature;
}

function parameterOf({ label, documentation }: Parameter): vscode.ParameterInformation {
  return new vscode.ParameterInformation(label, documentationOf(documentation));
}
