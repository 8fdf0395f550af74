import type { ErrorEvent } from '../kernel/kernelEvent';

/** A place in a cell: lines and columns counted from 1. */
export interface CellPlace {
  /** The count of the execution whose code it is in. */
  readonly execution: number;
  readonly line: number;
  /** Missing for exceptions, which know their line only. */
  readonly column?: number;
  readonly message: string;
}

const compilerError = /^\((\d+),(\d+)\): (.*)$/s;
const frame = /^( *)at (?:(.*) in )?cell (\d+), line (\d+)$/;

/** The places that an error names in the cell that failed: each one of the compiler's, the innermost one of an exception. */
export function placesOf(error: ErrorEvent, execution: number): CellPlace[] {
  if (error.name === 'CompilationError') return error.traceback.flatMap((line) => compilerPlace(line, execution));
  const place = error.traceback.map((line) => frame.exec(line)).find((match) => Number(match?.[3]) === execution);
  return place ? [{ execution, line: Number(place[4]), message: error.traceback[0] ?? error.value }] : [];
}

/**
 * The error as the notebook shows it. VS Code makes links of places that are written as IPython writes them, each on a line of its own:
 * "Cell In[3], line 5".
 */
export function linkedText(error: ErrorEvent, execution: number): string {
  return error.traceback.map((line) => linkedLine(line, execution)).join('\n');
}

function linkedLine(line: string, execution: number): string {
  const compiler = compilerError.exec(line);
  if (compiler) return `Cell In[${execution}], line ${compiler[1] ?? ''}\n   column ${compiler[2] ?? ''}: ${compiler[3] ?? ''}`;
  return line.replace(frame, (_, indent: string, method: string | undefined, cell: string, at: string) =>
    (method === undefined ? '' : `${indent}at ${method}\n`) + `${indent}Cell In[${cell}], line ${at}`);
}

function compilerPlace(text: string, execution: number): CellPlace[] {
  const match = compilerError.exec(text);
  return match ? [{ execution, line: Number(match[1]), column: Number(match[2]), message: match[3] ?? '' }] : [];
}
