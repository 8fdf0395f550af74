import type * as vscode from 'vscode';

/** VS Code's name of C#. */
export const csharp = 'csharp';

/** VS Code's name of the language of cells that have no colours: those of the kernel "value", and of kernels that are not here. */
export const plain = 'plaintext';

/** Kernels whose cells are in a language that VS Code knows, or this extension tells it of, by the same name. */
const coloured = [csharp, 'html', 'javascript', 'mermaid'];

/** The languages of the cells that can be run. */
export const cellLanguages = [...coloured, plain];

const aliases: Readonly<Record<string, string>> = { 'c#': csharp, cs: csharp, js: 'javascript' };

/** What the cells of notebooks are taken for when `language_info` names the archived extension, or nothing that VS Code knows. */
const mistaken = ['polyglot-notebook', plain, 'C#', 'raw'];

/** What VS Code keeps of a cell's metadata in the file; before 1.93 one level deeper. */
interface CellMetadata {
  readonly metadata?: FileMetadata;
  readonly custom?: { readonly metadata?: FileMetadata };
}

/** How .NET Interactive writes down the kernel of a cell: the second is the older way. */
interface FileMetadata {
  readonly polyglot_notebook?: { readonly kernelName?: string };
  readonly dotnet_interactive?: { readonly language?: string };
}

/** The kernel that runs a cell. In the editor its language says which, where one language has one kernel. */
export function kernelOf(cell: vscode.NotebookCell): string {
  const { languageId } = cell.document;
  if (coloured.includes(languageId)) return languageId;
  const named = namedKernel(cell);
  return named === undefined || coloured.includes(named) ? 'value' : named;
}

/** The language that a cell should have in the editor when it is opened. */
export function languageOf(cell: vscode.NotebookCell): string {
  const named = namedKernel(cell);
  if (named !== undefined) return coloured.includes(named) ? named : plain;
  return mistaken.includes(cell.document.languageId) ? csharp : cell.document.languageId;
}

/** The cell's metadata with the kernel that runs it; undefined when they name that already. */
export function metadataWithKernel(cell: vscode.NotebookCell): Readonly<Record<string, unknown>> | undefined {
  const kernelName = kernelOf(cell);
  if ((namedKernel(cell) ?? csharp) === kernelName) return undefined;
  const metadata = cell.metadata as CellMetadata;
  const named = { polyglot_notebook: { kernelName }, dotnet_interactive: { language: kernelName } };
  return metadata.custom
    ? { ...metadata, custom: { ...metadata.custom, metadata: { ...metadata.custom.metadata, ...named } } }
    : { ...metadata, metadata: { ...metadata.metadata, ...named } };
}

/** The kernel that the file names for a cell. */
function namedKernel(cell: vscode.NotebookCell): string | undefined {
  const metadata = cell.metadata as CellMetadata;
  const file = metadata.metadata ?? metadata.custom?.metadata;
  const name = (file?.polyglot_notebook?.kernelName ?? file?.dotnet_interactive?.language)?.toLowerCase();
  return name === undefined ? undefined : (aliases[name] ?? name);
}
