import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KernelStart } from '../kernel/kernelProcess';

const marks = ['rabbit', 'LlmRabbitHoles.sln'];

/** A clone of LLM Rabbit Holes: the folder that holds the script ./rabbit. */
export class Repository {
  private constructor(readonly root: string) {}

  /** The nearest clone above one of the folders, the folder itself included, the first folder's first. */
  static find(folders: readonly string[]): Repository | undefined {
    for (const folder of folders) {
      const root = upwards(folder).find(isRoot);
      if (root !== undefined) return new Repository(root);
    }
    return undefined;
  }

  /** Whether the console, which is also the kernel, has been built. */
  get isBuilt(): boolean {
    return existsSync(join(this.root, 'bin', 'rabbit.dll'));
  }

  /** The script builds what changed since the last build before it starts the kernel. */
  kernelStart(folder: string, environment: Readonly<Record<string, string>>): KernelStart {
    return { program: join(this.root, 'rabbit'), args: ['kernel', '--stdio', '--asks'], folder, environment };
  }
}

function isRoot(folder: string): boolean {
  return marks.every((mark) => existsSync(join(folder, mark)));
}

function upwards(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}
