import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Repository } from '../../../src/VsCode/src/repository/repository';

/** The repository that these tests are in. */
export const root = Repository.find([__dirname])?.root ?? '';

/** How a command ended. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
  readonly error: string;
}

/** Runs the console as it is built, past the script that would build it, with these folders as its PATH. */
export function rabbit(path: readonly string[], ...args: string[]): Outcome {
  return run(dotnet(), [join(root, 'bin', 'rabbit.dll'), ...args], root, { PATH: path.join(delimiter) });
}

export function run(program: string, args: readonly string[], folder: string, environment: NodeJS.ProcessEnv = {}): Outcome {
  const ended = spawnSync(program, args, { cwd: folder, env: { ...process.env, ...environment }, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (ended.error !== undefined) throw ended.error;
  return { exitCode: ended.status, output: ended.stdout, error: ended.stderr };
}

/** The folders in which this process looks for programs. */
export const path = (process.env['PATH'] ?? '').split(delimiter);

/** By its full path: it is also started where PATH does not hold it. */
function dotnet(): string {
  return path.map((folder) => join(folder, 'dotnet')).find(existsSync) ?? 'dotnet';
}
