/** What a kernel process is asked to do, one JSON object a line. */
export type KernelRequest =
  | { readonly type: 'execute'; readonly id: string; readonly code: string }
  | { readonly type: 'interrupt' }
  | { readonly type: 'shutdown' }
  | CodeQuestion;

/** A question about the place `cursor`, in UTF-16 units, of a cell's code. */
export interface CodeQuestion {
  readonly type: 'complete' | 'inspect';
  readonly id: string;
  readonly code: string;
  readonly cursor: number;
}

/** The request as one line, its newline included. */
export function lineOf(request: KernelRequest): string {
  return JSON.stringify(request) + '\n';
}
