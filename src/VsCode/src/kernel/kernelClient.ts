import { answerTo, inputRequestIn, type InputRequest } from './inputRequest';
import { envelopeOf, type CommandEnvelope, type KernelCommands } from './kernelCommand';
import { KernelDied } from './kernelDied';
import type { Diagnostic, EventOf, KernelEvent, KernelEventType, KernelEvents } from './kernelEvent';
import type { KernelMessage } from './kernelMessage';
import { KernelProcess, type KernelStart } from './kernelProcess';

/** What a cell shows while it runs, and what its threads show later. */
export type CellEvent = EventOf<
  | 'StandardOutputValueProduced'
  | 'StandardErrorValueProduced'
  | 'DisplayedValueProduced'
  | 'DisplayedValueUpdated'
  | 'ReturnValueProduced'
  | 'ErrorProduced'>;

/** Who is told what a cell shows, also after its end. */
export interface CellListener {
  show(event: CellEvent): void;
}

/** How a cell ended. */
export interface CellEnd {
  /** 1 for the kernel's first cell; undefined for a cell without code, which is not counted. */
  readonly executionOrder: number | undefined;
  /** Why the cell failed, in the lines that the reader is to see; undefined for one that ended well. */
  readonly message: string | undefined;
  /** What the compiler said about the cell. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Who a kernel process talks to, apart from cells. */
export interface KernelFrontEnd {
  /** A line of the process's standard error, or what is said without a cell to say it to. */
  log(line: string): void;
  /** A line for a cell that asks; undefined when the reader dismisses the question, or the cell ends before. */
  input(request: InputRequest, ended: AbortSignal): Promise<string | undefined>;
}

/** Which event answers which question. */
interface Answers {
  readonly RequestCompletions: 'CompletionsProduced';
  readonly RequestHoverText: 'HoverTextProduced';
  readonly RequestSignatureHelp: 'SignatureHelpProduced';
  readonly RequestDiagnostics: 'DiagnosticsProduced';
  readonly RequestValueInfos: 'ValueInfosProduced';
  readonly RequestValue: 'ValueProduced';
  readonly SendValue: never;
}

export type Question = keyof Answers;

/** What a question is answered with. */
export type Answer<T extends Question> = KernelEvents[Answers[T]];

type CommandEnd = EventOf<'CommandSucceeded' | 'CommandFailed'>;

/** A command that has not ended: it collects its events until the end comes. */
interface Open {
  readonly events: KernelEvent[];
  /** The event after which nothing more is waited for: the end of a question may have to wait for the cell that runs. */
  readonly last: KernelEventType | undefined;
  readonly end: (how: CommandEnd | undefined) => void;
}

/** A command that has ended. Without an end the process died, or patience ran out. */
interface Ended {
  readonly events: readonly KernelEvent[];
  readonly end: CommandEnd | undefined;
}

/** A cell that lines for the kernel split has diagnostics for each piece: only the end says that these were all. */
const inPieces: Question = 'RequestDiagnostics';

const answers: Readonly<Record<Question, KernelEventType | undefined>> = {
  RequestCompletions: 'CompletionsProduced',
  RequestHoverText: 'HoverTextProduced',
  RequestSignatureHelp: 'SignatureHelpProduced',
  RequestDiagnostics: 'DiagnosticsProduced',
  RequestValueInfos: 'ValueInfosProduced',
  RequestValue: 'ValueProduced',
  SendValue: undefined,
};

const answerPatienceMs = 60_000;

/** The kernel whose scheduler runs the cells. */
const csharp = 'csharp';

/** A kernel process that runs cells, one at a time, and answers questions about code meanwhile. */
export class KernelClient {
  /** Settles when the kernel takes commands. */
  readonly ready: Promise<void>;
  private readonly process: KernelProcess;
  private readonly open = new Map<string, Open>();
  private readonly listeners = new Map<string, CellListener>();
  private becomeReady!: () => void;
  private refuseReady!: (reason: KernelDied) => void;
  private running: { readonly listener: CellListener; readonly ended: AbortController } | undefined;
  private lastToken = 0;
  private counted = 0;
  private hasEnded = false;

  constructor(start: KernelStart, private readonly frontEnd: KernelFrontEnd) {
    this.ready = new Promise((resolve, reject) => {
      this.becomeReady = resolve;
      this.refuseReady = reject;
    });
    this.ready.catch(() => undefined);
    this.process = new KernelProcess(start, {
      message: (message) => { this.handle(message); },
      log: (line) => { frontEnd.log(line); },
    });
    void this.process.ended.then((died) => {
      this.hasEnded = true;
      this.refuseReady(died);
      [...this.open.values()].forEach(({ end }) => { end(undefined); });
    });
  }

  /** Settles when the process has ended, with how. Never rejects. */
  get ended(): Promise<KernelDied> {
    return this.process.ended;
  }

  /** The count that the next cell gets, or the running one. */
  get nextExecution(): number {
    return this.counted + 1;
  }

  /**
   * Runs a cell and waits for its end. One at a time.
   * @param kernelName Which of the process's kernels runs it: "csharp", "html".
   * @param listener Is told later too, until it is forgotten.
   * @throws KernelDied The process ended before the cell did.
   */
  async execute(code: string, kernelName: string, listener: CellListener): Promise<CellEnd> {
    await this.ready;
    const token = this.nextToken();
    this.listeners.set(token, listener);
    const running = this.running = { listener, ended: new AbortController() };
    const { events, end } = await this.send(token, 'SubmitCode', { code }, kernelName);
    running.ended.abort();
    this.running = undefined;
    if (end === undefined) throw await this.process.ended;
    return { executionOrder: this.count(code), ...outcomeOf(events, end) };
  }

  /** What a cell says from now on goes to the log: the cell has been run again, or is gone. */
  forget(listener: CellListener): void {
    for (const [token, one] of this.listeners)
      if (one === listener) this.listeners.delete(token);
  }

  /** Asks something of one of the process's kernels. No answer when it has none, or not in time. */
  async ask<T extends Question>(type: T, command: KernelCommands[T], kernelName: string): Promise<Answer<T>[]> {
    const token = this.nextToken();
    const impatient = setTimeout(() => { this.open.get(token)?.end(undefined); }, answerPatienceMs);
    const { events, end } = await this.send(token, type, command, kernelName, type === inPieces ? undefined : answers[type]);
    clearTimeout(impatient);
    if (end?.eventType !== 'CommandSucceeded') return [];
    return events.filter(({ eventType }) => eventType === answers[type]).map(({ event }) => event as Answer<T>);
  }

  /** Asks the running cell to stop. */
  interrupt(): void {
    this.process.send(envelopeOf(this.nextToken(), 'Cancel', {}, csharp));
  }

  /** Asks the process to end, and ends it when it has not after a second. */
  stop(): Promise<void> {
    this.process.send(envelopeOf(this.nextToken(), 'Quit', {}));
    return this.process.stop();
  }

  /** Ends the process and whatever it started, at once. */
  kill(): void {
    this.process.kill();
  }

  private nextToken(): string {
    return `${++this.lastToken}`;
  }

  /** Sends a command and collects its events, those of the commands that a kernel makes of it included. */
  private async send<T extends keyof KernelCommands>(
    token: string, type: T, command: KernelCommands[T], kernelName: string, last?: KernelEventType): Promise<Ended> {
    const events: KernelEvent[] = [];
    const end = await new Promise<Ended['end']>((resolve) => {
      this.open.set(token, { events, last, end: resolve });
      if (this.hasEnded) resolve(undefined);
      this.process.send(envelopeOf(token, type, command, kernelName));
    });
    this.open.delete(token);
    return { events, end };
  }

  /** The kernel numbers cells of all languages alike, and names the numbers in errors. */
  private count(code: string): number | undefined {
    return code.trim() === '' ? undefined : ++this.counted;
  }

  private handle(message: KernelMessage): void {
    if ('native' in message) this.showNative(message.native);
    else if ('commandType' in message) void this.answer(message);
    else if (message.eventType === 'KernelReady') this.becomeReady();
    else if (message.command) this.pass(message, message.command.token);
  }

  private pass(event: KernelEvent, token: string): void {
    const own = token.split('.')[0] ?? '';
    switch (event.eventType) {
      case 'CommandSucceeded':
      case 'CommandFailed':
        // The end of a command that a kernel made of this one is not this one's.
        this.open.get(token)?.end(event);
        break;
      case 'StandardOutputValueProduced':
      case 'StandardErrorValueProduced':
      case 'DisplayedValueProduced':
      case 'DisplayedValueUpdated':
      case 'ReturnValueProduced':
      case 'ErrorProduced':
        this.show(event, this.listeners.get(own));
        break;
      default:
        this.collect(event, this.open.get(own));
    }
  }

  private collect(event: KernelEvent, open: Open | undefined): void {
    open?.events.push(event);
    if (event.eventType === open?.last) open.end({ eventType: 'CommandSucceeded', event: {} });
  }

  private show(event: CellEvent, listener: CellListener | undefined): void {
    if (listener !== undefined) listener.show(event);
    else this.frontEnd.log(`Said after its cell had gone: ${event.event.formattedValues.map(({ value }) => value).join(' ').trimEnd()}`);
  }

  /** Native code writes past the protocol: it belongs to the running cell. */
  private showNative(value: string): void {
    const event = { formattedValues: [{ mimeType: 'text/plain', value }] };
    if (this.running === undefined) this.frontEnd.log(value.trimEnd());
    else this.running.listener.show({ eventType: 'StandardOutputValueProduced', event });
  }

  private async answer(command: CommandEnvelope): Promise<void> {
    const request = inputRequestIn(command);
    if (request === undefined) return;
    const value = this.running && await this.frontEnd.input(request, this.running.ended.signal);
    answerTo(command, value).forEach((event) => { this.process.send(event); });
  }
}

function outcomeOf(events: readonly KernelEvent[], end: CommandEnd): Pick<CellEnd, 'message' | 'diagnostics'> {
  return {
    message: end.eventType === 'CommandFailed' ? end.event.message : undefined,
    diagnostics: events.flatMap((event) => (event.eventType === 'DiagnosticsProduced' ? event.event.diagnostics : [])),
  };
}
