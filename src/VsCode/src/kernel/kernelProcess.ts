import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { exitReason } from './exitReason';
import type { InputEvent } from './inputRequest';
import type { CommandEnvelope } from './kernelCommand';
import { KernelDied } from './kernelDied';
import type { KernelMessage } from './kernelMessage';
import { LastWords } from './lastWords';
import { MessageReader } from './messageReader';

/** How a kernel process is started. */
export interface KernelStart {
  readonly program: string;
  readonly args: readonly string[];
  /** The cells' working directory, from which relative `#r` and `#load` start. */
  readonly folder: string;
  /** Variables to set on top of this process's. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Who is told what a kernel process says. */
export interface KernelListener {
  message(message: KernelMessage): void;
  /** A line of its standard error: what the set-up and the build say, and the last words of a crash. */
  log(line: string): void;
}

const shutdownPatienceMs = 1000;

/** A kernel process and its standard streams. It leads a process group of its own, so that its end is also its children's. */
export class KernelProcess {
  /** Settles when the process has ended and everything it said has been passed on. Never rejects. */
  readonly ended: Promise<KernelDied>;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lastWords = new LastWords();
  private hasEnded = false;

  constructor(private readonly start: KernelStart, listener: KernelListener) {
    this.child = spawn(start.program, [...start.args], {
      cwd: start.folder,
      env: { ...process.env, ...start.environment },
      detached: true,
    });
    this.ended = this.watch();
    this.read(listener);
  }

  /** Does nothing once the process has ended; who waits for an answer learns that from `ended`. */
  send(envelope: CommandEnvelope | InputEvent): void {
    if (this.child.stdin.writable) this.child.stdin.write(JSON.stringify(envelope) + '\n');
  }

  /** Closes the process's standard input, which asks it to end, and ends it when it has not after a second. */
  async stop(): Promise<void> {
    this.child.stdin.end();
    const impatient = setTimeout(() => { this.kill(); }, shutdownPatienceMs);
    await this.ended;
    clearTimeout(impatient);
  }

  /** Ends the process and whatever it started, at once. */
  kill(): void {
    if (this.hasEnded || this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }

  private read(listener: KernelListener): void {
    const reader = new MessageReader();
    const passOn = (messages: KernelMessage[]): void => { messages.forEach((message) => { listener.message(message); }); };
    this.child.stdout.on('data', (bytes: Buffer) => { passOn(reader.push(bytes)); });
    this.child.stdout.on('end', () => { passOn(reader.end()); });
    this.child.stdin.on('error', () => undefined);
    createInterface(this.child.stderr).on('line', (line) => {
      this.lastWords.add(line);
      listener.log(line);
    });
  }

  private watch(): Promise<KernelDied> {
    return new Promise((resolve) => {
      const settle = (message: string): void => {
        this.hasEnded = true;
        resolve(new KernelDied(message));
      };
      this.child.on('error', (error) => { settle(`The kernel '${this.start.program}' can't be started: ${error.message}.`); });
      this.child.on('exit', () => { this.endStreamsSoon(); });
      this.child.on('close', (code, signal) => { settle(this.describeEnd(code, signal)); });
    });
  }

  /** A grandchild that holds the pipes open must not keep the end of the kernel from being noticed. */
  private endStreamsSoon(): void {
    setTimeout(() => {
      this.child.stdout.destroy();
      this.child.stderr.destroy();
    }, shutdownPatienceMs).unref();
  }

  private describeEnd(code: number | null, signal: string | null): string {
    const words = this.lastWords.telling;
    return `The kernel process ended ${exitReason(code, signal)}.` + (words === undefined ? '' : ` It said: ${words}`);
  }
}
