import { KernelDied } from './kernelDied';
import type { CellOutputEvent, FinishedEvent, KernelEvent, ReplyEvent } from './kernelEvent';
import { KernelProcess, type KernelCommand } from './kernelProcess';
import type { CodeQuestion } from './kernelRequest';

/** Who is told what a running cell shows. */
export interface CellListener {
  show(output: CellOutputEvent): void;
  /** The cell was interrupted and goes on. */
  unstoppable(message: string): void;
}

interface RunningCell {
  readonly id: string;
  readonly listener: CellListener;
  finish(event: FinishedEvent): void;
}

const protocol = 1;
const answerPatienceMs = 60_000;

/** A kernel that runs cells, one at a time, and answers questions about code. */
export class KernelClient {
  /** Settles when the kernel takes requests. */
  readonly ready: Promise<void>;
  private readonly process: KernelProcess;
  private readonly questions = new Map<string, (reply: ReplyEvent['body'] | undefined) => void>();
  private becomeReady!: () => void;
  private refuseReady!: (reason: KernelDied) => void;
  private running: RunningCell | undefined;
  private lastId = 0;
  private answersQuestions = true;

  /** @param log Receives the lines of the process's standard error, and what is said without a cell to say it to. */
  constructor(command: KernelCommand, private readonly log: (line: string) => void) {
    this.ready = new Promise((resolve, reject) => {
      this.becomeReady = resolve;
      this.refuseReady = reject;
    });
    this.ready.catch(() => undefined);
    this.process = new KernelProcess(command, { event: (event) => { this.handle(event); }, log });
    void this.process.ended.then((died) => {
      this.refuseReady(died);
      this.giveUpQuestions();
    });
  }

  /** Settles when the process has ended, with how. Never rejects. */
  get ended(): Promise<KernelDied> {
    return this.process.ended;
  }

  /**
   * Runs a cell and waits for its end. One at a time.
   * @throws KernelDied The process ended before the cell did.
   */
  async execute(code: string, listener: CellListener): Promise<FinishedEvent> {
    await this.ready;
    const id = this.nextId('cell');
    const finished = new Promise<FinishedEvent>((resolve) => {
      this.running = { id, listener, finish: resolve };
    });
    this.process.send({ type: 'execute', id, code });
    const end = await Promise.race([finished, this.process.ended]);
    this.running = undefined;
    if (end instanceof KernelDied) throw end;
    return end;
  }

  /** Asks a question about code. Undefined when the kernel does not answer such questions, or not in time. */
  async ask(type: CodeQuestion['type'], code: string, cursor: number): Promise<ReplyEvent['body'] | undefined> {
    if (!this.answersQuestions) return undefined;
    const id = this.nextId('question');
    return new Promise((resolve) => {
      const settle = (reply: ReplyEvent['body'] | undefined): void => {
        clearTimeout(impatient);
        this.questions.delete(id);
        resolve(reply);
      };
      const impatient = setTimeout(() => { settle(undefined); }, answerPatienceMs);
      this.questions.set(id, settle);
      this.process.send({ type, id, code, cursor });
    });
  }

  /** Asks the running cell to stop. */
  interrupt(): void {
    this.process.send({ type: 'interrupt' });
  }

  /** Asks the process to end, and ends it when it has not after a second. */
  stop(): Promise<void> {
    return this.process.stop();
  }

  /** Ends the process and whatever it started, at once. */
  kill(): void {
    this.process.kill();
  }

  private nextId(kind: string): string {
    return `${kind}-${++this.lastId}`;
  }

  private handle(event: KernelEvent): void {
    switch (event.type) {
      case 'ready':
        this.greet(event.protocol);
        break;
      case 'stream':
      case 'display':
      case 'update':
      case 'result':
      case 'error':
        this.show(event);
        break;
      case 'finished':
        if (event.id === this.running?.id) this.running.finish(event);
        break;
      case 'unstoppable':
        if (event.id === this.running?.id) this.running.listener.unstoppable(event.message);
        break;
      case 'refused':
        this.log(`The kernel refused a request: ${event.message}`);
        if (this.questions.size > 0) this.answersQuestions = false;
        this.giveUpQuestions();
        break;
      case 'reply':
        this.questions.get(event.id)?.(event.body);
        break;
      case 'started':
        break;
    }
  }

  private greet(spoken: number): void {
    if (spoken === protocol) {
      this.becomeReady();
      return;
    }
    this.refuseReady(new KernelDied(
      `The kernel speaks version ${spoken} of its protocol and this extension version ${protocol}. Install the repository's own: ./rabbit vscode install`));
    this.kill();
  }

  /** A thread that outlives its cell writes on; its notebook cell takes nothing any more. */
  private show(output: CellOutputEvent): void {
    if (this.running !== undefined && [undefined, this.running.id].includes(output.id)) this.running.listener.show(output);
    else this.log(`Said after its cell had ended: ${output.type === 'stream' ? output.text.trimEnd() : JSON.stringify(output)}`);
  }

  private giveUpQuestions(): void {
    for (const settle of [...this.questions.values()]) settle(undefined);
  }
}
