import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerInstallation } from './serverInstallation';

const settings = {
  'workbench.editorAssociations': { '*.ipynb': 'jupyter-notebook' },
  'workbench.startupEditor': 'none',
  'security.workspace.trust.enabled': false,
  'files.autoSave': 'afterDelay',
  'files.autoSaveDelay': 100,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'editor.hover.delay': 0,
};

/** A server of VS Code with a home, settings and extensions of its own. */
export class EditorServer {
  private readonly child: ChildProcess;
  private readonly said: string[] = [];

  private constructor(installation: ServerInstallation, home: string) {
    mkdirSync(join(home, 'user', 'User'), { recursive: true });
    writeFileSync(join(home, 'user', 'User', 'settings.json'), JSON.stringify(settings));
    this.child = spawn(installation.node, [installation.server, '--host', '127.0.0.1', '--port', '0',
      '--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off',
      '--server-data-dir', join(home, 'server'), ...EditorServer.folders(home)], {
      cwd: home, env: { ...environment(), HOME: home }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    process.once('exit', () => { this.stop(); });
  }

  /** Where the settings and the extensions are: also for the command that installs one. */
  static folders(home: string): string[] {
    return ['--user-data-dir', join(home, 'user'), '--extensions-dir', join(home, 'extensions')];
  }

  /** Starts one on a port that the system chooses, and waits until it listens. */
  static async start(installation: ServerInstallation, home: string): Promise<[EditorServer, origin: string]> {
    const server = new EditorServer(installation, home);
    return [server, `http://127.0.0.1:${await server.port()}`];
  }

  /** Ends the server and its extension hosts; a kernel ends when its extension host does. */
  stop(): void {
    if (this.child.exitCode !== null || this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }

  private port(): Promise<string> {
    return new Promise((resolve, reject) => {
      for (const stream of [this.child.stdout, this.child.stderr]) {
        if (stream === null) continue;
        createInterface(stream).on('line', (line) => {
          this.said.push(line);
          const port = /listening on (\d+)/.exec(line)?.[1];
          if (port !== undefined) resolve(port);
        });
      }
      this.child.on('error', reject);
      this.child.on('exit', (code) => {
        reject(new Error(`The server of VS Code ended with exit code ${code}:\n${this.said.join('\n')}`));
      });
    });
  }
}

/** Not what a terminal within another VS Code has set. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VSCODE_')));
}
