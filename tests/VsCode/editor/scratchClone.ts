import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { root } from '../command/rabbit';
import { patienceMs } from './editorWindow';

/** What of an .ipynb file the tests look at. */
interface NotebookFile {
  readonly cells: readonly Cell[];
}

interface Cell {
  readonly cell_type: string;
}

/** A code cell of an .ipynb file. */
export interface CodeCell extends Cell {
  readonly execution_count: number | null;
  readonly metadata: { readonly polyglot_notebook?: { readonly kernelName?: string } };
  readonly outputs: readonly Output[];
}

interface Output {
  readonly output_type: string;
  readonly traceback?: readonly string[];
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}

/** A cell to write: C#, or of another kernel. */
type Source = string | { readonly kernel: string; readonly code: string };

/** A folder that is taken for a clone of this repository: links to what is built, and notebooks that may be changed. */
export class ScratchClone {
  readonly folder = mkdtempSync(join(tmpdir(), 'rabbit-clone-'));

  constructor(isBuilt: boolean) {
    const links = ['rabbit', 'LlmRabbitHoles.sln', 'data', 'tiers', ...(isBuilt ? ['bin'] : [])];
    links.forEach((name) => { symlinkSync(join(root, name), join(this.folder, name)); });
    mkdirSync(join(this.folder, 'notebooks', 'tier1'), { recursive: true });
  }

  /** Copies a notebook of the series without its outputs. */
  copy(notebook: string): string {
    const file = join(this.folder, notebook);
    const { cells, ...rest } = read(join(root, notebook));
    const bare = cells.map((cell) => (isCode(cell) ? { ...cell, execution_count: null, outputs: [] } : cell));
    writeFileSync(file, JSON.stringify({ ...rest, cells: bare }, undefined, 1));
    return file;
  }

  /** Writes a notebook with these cells, as the archived extension for C# would. */
  write(name: string, ...cells: Source[]): string {
    const file = join(this.folder, 'notebooks', 'tier1', name);
    writeFileSync(file, JSON.stringify({
      cells: cells.map((cell) => (typeof cell === 'string' ? { kernel: 'csharp', code: cell } : cell)).map(({ kernel, code }, index) => ({
        cell_type: 'code',
        id: `cell-${index}`,
        execution_count: null,
        metadata: { dotnet_interactive: { language: kernel }, polyglot_notebook: { kernelName: kernel } },
        outputs: [],
        source: code,
      })),
      metadata: {
        kernelspec: { display_name: '.NET (C#)', language: 'C#', name: '.net-csharp' },
        language_info: { name: 'polyglot-notebook' },
      },
      nbformat: 4,
      nbformat_minor: 5,
    }, undefined, 1));
    return file;
  }

  /** The code cells of a notebook, once they have been saved as they should be. */
  async saved(file: string, isDone: (cells: readonly CodeCell[]) => boolean): Promise<readonly CodeCell[]> {
    // The watcher is there before the first look, so that no change is missed.
    const changes = watch(dirname(file), { signal: AbortSignal.timeout(patienceMs) });
    const look = (): CodeCell[] | undefined => {
      const cells = whole(file)?.cells.filter(isCode);
      return cells !== undefined && isDone(cells) ? cells : undefined;
    };
    const next = changes[Symbol.asyncIterator]();
    for (let change = next.next(); ; change = next.next()) {
      const cells = look();
      if (cells !== undefined) return cells;
      await change;
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** What the outputs of a cell say in plain text. */
export function textOf(cell: CodeCell | undefined): string {
  const text = (value: string | readonly string[] = ''): string => (typeof value === 'string' ? value : value.join(''));
  return (cell?.outputs ?? []).map((output) => text(output.text ?? output.data?.['text/plain'])).join('');
}

function isCode(cell: Cell): cell is CodeCell {
  return cell.cell_type === 'code';
}

function read(file: string): NotebookFile {
  return JSON.parse(readFileSync(file, 'utf8')) as NotebookFile;
}

/** The notebook; undefined while it is being written. */
function whole(file: string): NotebookFile | undefined {
  try {
    return read(file);
  } catch {
    return undefined;
  }
}
