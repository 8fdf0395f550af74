import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { EngineMissing } from './engineMissing';
import { Repository } from './repository';

/**
 * The repository that a notebook belongs to: the one that the settings name, else above the notebook, else above an opened folder.
 * @throws EngineMissing There is none.
 */
export function locateRepository(notebook: vscode.NotebookDocument): Repository {
  const named = vscode.workspace.getConfiguration('rabbitHoles', notebook.uri).get<string>('repository', '');
  const folders = named === '' ? foldersAround(notebook) : [named];
  const repository = Repository.find(folders);
  if (repository === undefined) throw EngineMissing.noRepository(folders);
  return repository;
}

/** The folder that the notebook's cells work in; an unsaved notebook's is the first opened folder. */
export function workingFolder(notebook: vscode.NotebookDocument): string {
  return foldersAround(notebook)[0] ?? process.cwd();
}

function foldersAround(notebook: vscode.NotebookDocument): string[] {
  const own = notebook.uri.scheme === 'file' ? [dirname(notebook.uri.fsPath)] : [];
  const folders = vscode.workspace.workspaceFolders ?? [];
  const opened = folders.filter((folder) => folder.uri.scheme === 'file').map((folder) => folder.uri.fsPath);
  return [...own, ...opened];
}
