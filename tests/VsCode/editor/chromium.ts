import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { run } from '../command/rabbit';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Starts the system's Chromium, which apt-get brings where it may. */
export async function launchChromium(): Promise<Browser> {
  const program = find() ?? install();
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath: program,
    args: [...sandbox, '--disable-dev-shm-usage', '--disable-gpu'],
    // Else a signal would end the browser and leave the test waiting.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

function find(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin'];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}

function install(): string {
  if (process.getuid?.() !== 0) throw new Error('There is no Chromium. Install it with: sudo apt-get install -y chromium');
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update'], '/', environment);
  const { exitCode, error } = run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], '/', environment);
  const program = find();
  const reason = error.trim().split('\n').at(-1) ?? '';
  if (exitCode !== 0 || program === undefined) throw new Error(`apt-get could not install chromium: ${reason}`);
  return program;
}
