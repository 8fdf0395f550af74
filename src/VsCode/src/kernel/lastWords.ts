/** What .NET writes for FailFast, the message on the next line. */
const terminated = 'Process terminated.';

const causes = [
  'unhandled exception', 'stack overflow', 'fatal error', 'process terminated.', 'terminate called', 'out of memory', 'rabbit: ',
];

/** What a process wrote to its standard error, as far as it helps to say why the process ended. */
export class LastWords {
  private cause: string | undefined;
  private last: string | undefined;

  /** The first line that names a cause, else the last line that says anything. */
  get telling(): string | undefined {
    return this.cause ?? this.last;
  }

  add(line: string): void {
    const words = line.trim();
    if (words === '') return;
    if (this.cause === terminated) this.cause = `${terminated} ${words}`;
    this.last = words;
    if (this.cause === undefined && causes.some((cause) => words.toLowerCase().startsWith(cause))) this.cause = words;
  }
}
