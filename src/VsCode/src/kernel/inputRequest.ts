import type { CommandEnvelope } from './kernelCommand';

/** One line that a cell wants from the reader. */
export interface InputRequest {
  readonly prompt: string;
  readonly isPassword: boolean;
}

/** What goes back to a kernel that sent a command: the value, and that the command has ended. */
export interface InputEvent {
  readonly eventType: 'InputProduced' | 'CommandSucceeded' | 'CommandFailed';
  readonly event: { readonly value?: string; readonly message?: string };
  readonly command: CommandEnvelope;
  readonly routingSlip: readonly string[];
}

/** The request in a command; undefined when the command asks for something else. */
export function inputRequestIn({ commandType, command }: CommandEnvelope): InputRequest | undefined {
  if (commandType !== 'RequestInput') return undefined;
  const { prompt, isPassword } = command;
  return { prompt: typeof prompt === 'string' ? prompt : '', isPassword: isPassword === true };
}

/** The events that answer a command of the kernel. Undefined, when the reader dismissed the question, is an answer too. */
export function answerTo(command: CommandEnvelope, value: string | undefined): InputEvent[] {
  const about = { command, routingSlip: [] };
  return value === undefined
    ? [{ eventType: 'CommandFailed', event: { message: 'The question was dismissed.' }, ...about }]
    : [{ eventType: 'InputProduced', event: { value }, ...about }, { eventType: 'CommandSucceeded', event: {}, ...about }];
}
