import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../command/rabbit';

/** How long a wait may take before the test has failed; nothing waits for longer than it must. */
export const patienceMs = 120_000;

/** A window of VS Code in which one notebook is open. */
export class EditorWindow {
  private constructor(private readonly page: Page) {}

  /** Opens the notebook in a window whose folder is this one, and waits until it has found its kernel by itself. */
  static async open(browser: Browser, origin: string, folder: string, notebook: string): Promise<EditorWindow> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 2000 } });
    page.setDefaultTimeout(patienceMs);
    const file = `vscode-remote://${new URL(origin).host}${notebook}`;
    const query = new URLSearchParams({ folder, payload: JSON.stringify([['openFile', file]]) });
    await page.goto(`${origin}/?${query.toString()}`);
    await page.locator('.code-cell-row').first().waitFor();
    await page.locator('.notebook-toolbar-container .kernel-label', { hasText: 'C# (LLM Rabbit Holes)' }).waitFor();
    return new EditorWindow(page);
  }

  /** The proposals of the list that is open. */
  get proposals(): Locator {
    return this.page.locator('.suggest-widget .monaco-list-row');
  }

  get hover(): Locator {
    return this.page.locator('.monaco-hover-content');
  }

  /** The parameters of the call that is being typed. */
  get signature(): Locator {
    return this.page.locator('.parameter-hints-widget.visible');
  }

  /** The field in which a cell's question is answered. */
  get question(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  get notification(): Locator {
    return this.page.locator('.notification-list-item');
  }

  /** The outputs of all cells, which are drawn in a frame within a frame. */
  get outputs(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** Waits until the outputs hold this text. */
  async shows(text: string | RegExp): Promise<void> {
    await this.outputs.locator('body').filter({ hasText: text }).waitFor({ state: 'attached' });
  }

  /** A cell, counted from 0, as long as it is in sight. */
  cell(index: number): Locator {
    return this.page.locator(`.code-cell-row[data-index="${index}"]`);
  }

  /** The line below a cell's code that names the cell's language. */
  language(index: number): Locator {
    return this.cell(index).locator('.cell-statusbar-container');
  }

  /** Makes a C# cell one of another language, as a reader does it. */
  async chooseLanguage(index: number, name: string): Promise<void> {
    await this.language(index).getByText('C#', { exact: true }).click();
    await this.question.locator('input').first().fill(name);
    await this.press('Enter');
  }

  /** Waits until the cell has this count. */
  async hasCount(index: number, count: number): Promise<void> {
    await this.cell(index).locator('.execution-count-label', { hasText: `[${count}]` }).waitFor();
  }

  async runAll(): Promise<void> {
    await this.tool('Run All').click();
  }

  async interrupt(): Promise<void> {
    await this.tool('Interrupt').click();
  }

  async restart(): Promise<void> {
    await this.tool('Restart Kernel').click();
  }

  async runCell(index: number): Promise<void> {
    await this.edit(index);
    await this.page.keyboard.press('Shift+Enter');
  }

  /** Puts this code in place of the cell's, key by key, with the cursor at its end. */
  async type(index: number, code: string): Promise<void> {
    await this.edit(index);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(code);
  }

  /** Moves the mouse onto a word of the cell. */
  async pointAt(index: number, word: string): Promise<void> {
    await this.cell(index).locator('.view-line').getByText(word, { exact: true }).last().hover();
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** Keeps a picture of the window for people to look at. */
  async picture(name: string): Promise<void> {
    const folder = join(root, '.rabbit', 'artifacts');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `vscode-${name}.png`) });
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  /** A button above the notebook. */
  tool(name: string): Locator {
    return this.page.locator('.notebook-toolbar-container').getByRole('button', { name, exact: true });
  }

  private async edit(index: number): Promise<void> {
    await this.cell(index).locator('.monaco-editor .view-lines').click();
  }
}
