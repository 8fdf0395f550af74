/**
 * A kernel that does what the code of its cells says, line by line: "print X", "error X", "native X" (written past the protocol),
 * "wait" (until it is interrupted), "deaf" (never ends), "late X" (after the cell has ended), "exit N", "signal NAME", "last words X".
 */
import { createInterface } from 'node:readline';

interface Request {
  readonly type: string;
  readonly id: string;
  readonly code: string;
  readonly cursor: number;
}

let count = 0;
let stopWaiting: (() => void) | undefined;
const [protocol = '1'] = process.argv.slice(2);

function say(event: object): void {
  process.stdout.write(JSON.stringify(event) + '\n');
}

const actions: Readonly<Record<string, (id: string, words: string) => boolean | Promise<boolean>>> = {
  print: (id, text) => { say({ type: 'stream', id, name: 'stdout', text }); return true; },
  error: (id, value) => { say({ type: 'error', id, name: 'Bad', value, traceback: [`Bad: ${value}`] }); return false; },
  native: (_, text) => process.stdout.write(text),
  wait: async () => { await new Promise<void>((resolve) => { stopWaiting = resolve; }); return false; },
  deaf: async (id) => {
    await new Promise<void>((resolve) => { stopWaiting = resolve; });
    say({ type: 'unstoppable', id, message: 'It goes on.' });
    return new Promise(() => undefined);
  },
  late: (id, text) => { setTimeout(() => { say({ type: 'stream', id, name: 'stdout', text }); }, 20); return true; },
  exit: (_, code) => process.exit(Number(code)),
  signal: (_, name) => process.kill(process.pid, name) && new Promise(() => undefined),
  last: (_, words) => { process.stderr.write(words.replace(/^words /, '') + '\n'); return true; },
};

async function execute({ id, code }: Request): Promise<void> {
  say({ type: 'started', id });
  let ok = true;
  for (const line of code.split('\n').filter((text) => text !== '')) {
    const [action = '', ...words] = line.split(' ');
    ok &&= await actions[action]!(id, words.join(' '));
  }
  say({ type: 'finished', id, ok, execution_count: code === '' ? null : ++count, elapsed_ms: 1 });
}

function handle(request: Request): void {
  switch (request.type) {
    case 'execute': void execute(request); break;
    case 'interrupt': stopWaiting?.(); break;
    case 'shutdown': process.exit(0); break;
    case 'complete': say({ type: 'completions', id: request.id, items: [{ text: `after ${request.cursor}` }] }); break;
    default: say({ type: 'refused', message: `The request's type is '${request.type}'.` });
  }
}

createInterface(process.stdin).on('line', (line) => { handle(JSON.parse(line) as Request); });
say({ type: 'ready', protocol: Number(protocol), process: process.pid });
