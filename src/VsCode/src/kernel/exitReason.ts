const signals: Readonly<Record<number, string>> = {
  129: 'SIGHUP',
  130: 'SIGINT',
  131: 'SIGQUIT',
  132: 'SIGILL',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

const meanings: Readonly<Record<string, string>> = {
  SIGILL: ' (an instruction this processor lacks)',
  SIGABRT: ' (the program aborted itself)',
  SIGKILL: ' (perhaps for want of memory)',
  SIGSEGV: ' (a bad memory access)',
};

/** How a process ended, in words: "by signal SIGSEGV (a bad memory access)", "with exit code 3". */
export function exitReason(code: number | null, signal: string | null): string {
  const name = signal ?? (code === null ? undefined : signals[code]);
  return name === undefined ? `with exit code ${code ?? 'unknown'}` : `by signal ${name}${meanings[name] ?? ''}`;
}
