// Jupyter's own notebook page, in a browser, on our kernel: node notebook-page.mjs SERVER TOKEN ARTIFACTS
// SERVER serves 01-vectors.ipynb, a notebook of the series, and trouble.ipynb, whose cells fail, wait for ever and ask for state.
// Says nothing when all is well; otherwise why not, and exits with 1.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [server, token, artifacts] = process.argv.slice(2);
const minutes = 60_000;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-background-networking'] });

const page = await browser.newPage({ viewport: { width: 1200, height: 1400 } });
page.setDefaultTimeout(2 * minutes);

try {
  await runAllOfTheSeriesNotebook(page);
  await failInterruptAndRestart(page);
} catch (failure) {
  await picture(page, 'failed');
  throw failure;
} finally {
  await browser.close();
}

async function open(page, name) {
  await page.goto(`${server}/notebooks/${name}?token=${token}`);
  await page.waitForFunction(() => globalThis.Jupyter?.notebook?.kernel?.is_connected() && Jupyter.notebook.kernel.info_reply?.status === 'ok');
  assert.equal((await page.textContent('#kernel_indicator .kernel_indicator_name')).trim(), 'C# (LLM Rabbit Holes)');
}

async function picture(page, name) {
  await page.screenshot({ path: join(artifacts, `jupyter-${name}.png`) });
}

function cell(page, index) {
  return page.locator('.code_cell').nth(index);
}

function button(page, action) {
  return page.locator(`button[data-jupyter-action="jupyter-notebook:${action}"]`);
}

async function run(page, index) {
  await cell(page, index).locator('.CodeMirror').click();
  await page.keyboard.press('Control+Enter');
}

async function outputOf(page, index, text) {
  const output = cell(page, index).locator('.output_wrapper', { hasText: text });
  await output.waitFor();
  return output.textContent();
}

async function runAllOfTheSeriesNotebook(page) {
  await open(page, '01-vectors.ipynb');
  await page.evaluate(() => Jupyter.notebook.clear_all_output());
  await page.click('#celllink');
  await page.click('#run_all_cells a');
  await page.waitForFunction(() => [...document.querySelectorAll('.code_cell .input_prompt')].every((prompt) => /\[\d+\]/.test(prompt.textContent)));
  const seen = await page.evaluate(() => ({
    cells: document.querySelectorAll('.code_cell').length,
    errors: document.querySelectorAll('.output_error').length,
    outputs: document.querySelectorAll('.output_area .output_subarea').length,
    drawings: document.querySelectorAll('.output_area svg').length,
  }));
  assert.equal(seen.errors, 0);
  assert.ok(seen.cells >= 15 && seen.outputs >= 15 && seen.drawings >= 1, JSON.stringify(seen));
  await page.locator('.output_area svg').first().scrollIntoViewIfNeeded();
  await picture(page, 'run-all');
}

async function failInterruptAndRestart(page) {
  await open(page, 'trouble.ipynb');
  await run(page, 0);
  await outputOf(page, 0, '42');
  await run(page, 1);
  assert.match(await outputOf(page, 1, 'DivideByZeroException'), /cell 2, line 3/);
  await run(page, 2);
  await outputOf(page, 2, 'started');
  await button(page, 'interrupt-kernel').click();
  await outputOf(page, 2, 'Interrupted');
  await run(page, 3);
  await outputOf(page, 3, '41');
  await complete(page, 4, 'WriteLine');
  await picture(page, 'trouble');
  await button(page, 'confirm-restart-kernel').click();
  await page.locator('.modal-footer .btn-danger').click();
  await page.locator('.modal-footer').waitFor({ state: 'hidden' });
  await page.waitForFunction(() => Jupyter.notebook.kernel.is_connected() && Jupyter.notebook.kernel.info_reply?.status === 'ok');
  await run(page, 3);
  await outputOf(page, 3, 'CS0103');
}

// The fifth cell is `Console.WriteL`; behind it, Tab has one way to go on.
async function complete(page, index, expected) {
  await cell(page, index).locator('.CodeMirror').click();
  await page.keyboard.press('End');
  await page.keyboard.press('Tab');
  await cell(page, index).locator('.CodeMirror', { hasText: expected }).waitFor();
}
