/**
 * A kernel that does what the code of its cells says, line by line: "print X", "fail X", "native X" (written past the protocol),
 * "display ID X", "update ID X", "nested X" (printed by a command that the kernel makes of the cell), "ask X" (the answer is printed),
 * "refuse X" (a diagnostic), "wait" (until it is cancelled), "late X" (after the cell has ended), "exit N", "signal NAME", "last words X".
 */
import { createInterface } from 'node:readline';

interface Command {
  readonly token: string;
  readonly commandType: string;
  readonly command: { readonly code: string; readonly linePosition: { readonly character: number } };
  readonly routingSlip: readonly string[];
}

interface Answer {
  readonly eventType: string;
  readonly event: { readonly value?: string };
  readonly command: { readonly token: string };
}

let stopWaiting: (() => void) | undefined;
let tellAnswer: ((answer: string) => void) | undefined;

function send(message: object): void {
  process.stdout.write(JSON.stringify(message) + '\n');
}

function publish(command: Command | undefined, eventType: string, event: object): void {
  send({ event, eventType, command, routingSlip: [] });
}

function text(value: string, valueId?: string): object {
  return { formattedValues: [{ mimeType: 'text/plain', value }], valueId };
}

function childOf(command: Command): Command {
  return { ...command, token: `${command.token}.1` };
}

const diagnostic = (message: string): object => ({
  linePositionSpan: { start: { line: 0, character: 0 }, end: { line: 0, character: 6 } }, severity: 'error', code: 'CS1', message });

/** Each action says why the cell fails by it, or nothing. */
const actions: Readonly<Record<string, (cell: Command, words: string) => Promise<string> | string | undefined>> = {
  print: (cell, words) => { publish(cell, 'StandardOutputValueProduced', text(words)); return undefined; },
  fail: (_, words) => words,
  native: (_, words) => { process.stdout.write(words); return undefined; },
  display: (cell, words) => { publish(cell, 'DisplayedValueProduced', text(words.slice(2), words[0])); return undefined; },
  update: (cell, words) => { publish(cell, 'DisplayedValueUpdated', text(words.slice(2), words[0])); return undefined; },
  nested: (cell, words) => {
    publish(childOf(cell), 'StandardOutputValueProduced', text(words));
    publish(childOf(cell), 'CommandSucceeded', {});
    return undefined;
  },
  ask: async (cell, prompt) => {
    send({ token: 'kernel-1', commandType: 'RequestInput', command: { prompt, isPassword: false }, routingSlip: [] });
    publish(cell, 'StandardOutputValueProduced', text(await new Promise<string>((resolve) => { tellAnswer = resolve; })));
    return '';
  },
  refuse: (cell, words) => { publish(childOf(cell), 'DiagnosticsProduced', { diagnostics: [diagnostic(words)] }); return words; },
  wait: async () => { await new Promise<void>((resolve) => { stopWaiting = resolve; }); return 'Command cancelled.'; },
  late: (cell, words) => {
    setTimeout(() => { publish(cell, 'StandardOutputValueProduced', text(words)); }, 20);
    return undefined;
  },
  exit: (_, code) => process.exit(Number(code)),
  signal: (_, name) => { process.kill(process.pid, name); return new Promise<string>(() => undefined); },
  last: (_, words) => { process.stderr.write(words.replace(/^words /, '') + '\n'); return undefined; },
};

async function submit(cell: Command): Promise<void> {
  publish(cell, 'CodeSubmissionReceived', { code: cell.command.code });
  for (const line of cell.command.code.split('\n').filter((one) => one !== '')) {
    const [action = '', ...words] = line.split(' ');
    const message = await actions[action]?.(cell, words.join(' '));
    if (message) {
      publish(cell, 'CommandFailed', { message });
      return;
    }
  }
  publish(cell, 'CommandSucceeded', { executionOrder: 0 });
}

function complete(command: Command): void {
  const insertText = `after ${command.command.linePosition.character}`;
  publish(childOf(command), 'DiagnosticsProduced', { diagnostics: [] });
  publish(childOf(command), 'CompletionsProduced', { completions: [{ displayText: insertText, insertText }] });
  publish(childOf(command), 'CommandSucceeded', {});
  publish(command, 'CommandSucceeded', {});
}

function handle(message: Command | Answer): void {
  if ('eventType' in message) {
    tellAnswer?.(`${message.eventType} ${message.event.value ?? ''}`);
    return;
  }
  switch (message.commandType) {
    case 'SubmitCode': void submit(message); break;
    case 'RequestCompletions': complete(message); break;
    // Its end waits, as for a cell that runs.
    case 'RequestValueInfos': publish(message, 'ValueInfosProduced', { valueInfos: [] }); break;
    case 'Cancel': stopWaiting?.(); publish(message, 'CommandSucceeded', {}); break;
    case 'Quit': process.exit(0); break;
    default: publish(message, 'CommandFailed', { message: `No handler for ${message.commandType}.` });
  }
}

createInterface(process.stdin).on('line', (line) => { handle(JSON.parse(line) as Command | Answer); });
publish(undefined, 'KernelReady', { kernelInfos: [] });
