import type { Diagnostic } from '../kernel/kernelEvent';

/** Why a cell failed, as .ipynb files keep it. */
export interface CellError {
  readonly name: string;
  readonly value: string;
  readonly traceback: readonly string[];
}

/** A line of a cell, counted from 1, in which an exception was thrown. */
export interface ThrowPlace {
  readonly line: number;
  readonly message: string;
}

const place = /^\(\d+,\d+\)/;
const compilerError = /^\((\d+),(\d+)\): (.*)$/s;
const frame = /^( *)at (?:(.*) in )?cell (\d+), line (\d+)$/;
const headline = /^([\p{L}_][\p{L}\p{N}_.+`]*): (.*)$/su;
const isBelowHeadline = /^( {3}at | ---> )/;

/** What .NET Interactive says of a cell that was asked to stop. */
const cancelled = 'Command cancelled.';

/** The error in the words with which a cell failed, and in what the compiler said about the cell. */
export function errorOf(message: string, diagnostics: readonly Diagnostic[]): CellError {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return refusalOf(message.split('\n'), errors);
  if (message === cancelled) return errorOf('Interrupted: The cell was stopped. Variables it had set keep their last value.', []);
  const lines = message.split(/\r?\n/);
  const end = lines.findIndex((line) => isBelowHeadline.test(line));
  const [, name, value] = headline.exec(lines.slice(0, end < 0 ? undefined : end).join('\n')) ?? [];
  return { name: name ?? 'Error', value: value ?? message, traceback: lines };
}

/** The innermost place that an exception names in the cell that failed. */
export function throwPlaceOf(error: CellError, execution: number): ThrowPlace | undefined {
  const place = error.traceback.map((line) => frame.exec(line)).find((match) => Number(match?.[3]) === execution);
  return place ? { line: Number(place[4]), message: `${error.name}: ${error.value}` } : undefined;
}

/**
 * The error as the notebook shows it. VS Code makes links of places that are written as IPython writes them, each on a line of its own:
 * "Cell In[3], line 5".
 */
export function linkedText(error: CellError, execution: number): string {
  return error.traceback.map((line) => linkedLine(line, execution)).join('\n');
}

/** Where lines for the kernel split a cell, the message counts lines from the last of them, and the diagnostics from the cell's first. */
function refusalOf(lines: readonly string[], errors: readonly Diagnostic[]): CellError {
  const traceback = errors.map((error, index) => lines.length === errors.length
    ? (lines[index] ?? '').replace(place, placeOf(error))
    : `${placeOf(error)}: error ${error.code}: ${error.message}`);
  return { name: 'CompilationError', value: traceback.join('\n'), traceback };
}

function placeOf({ linePositionSpan: { start } }: Diagnostic): string {
  return `(${start.line + 1},${start.character + 1})`;
}

function linkedLine(line: string, execution: number): string {
  const compiler = compilerError.exec(line);
  if (compiler) return `Cell In[${execution}], line ${compiler[1] ?? ''}\n   column ${compiler[2] ?? ''}: ${compiler[3] ?? ''}`;
  return line.replace(frame, (_, indent: string, method: string | undefined, cell: string, at: string) =>
    (method === undefined ? '' : `${indent}at ${method}\n`) + `${indent}Cell In[${cell}], line ${at}`);
}
