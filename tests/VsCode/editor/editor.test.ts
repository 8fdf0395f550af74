import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { path, rabbit } from '../command/rabbit';
import { launchChromium } from './chromium';
import { EditorServer } from './editorServer';
import { EditorWindow } from './editorWindow';
import { ScratchClone, textOf } from './scratchClone';
import { ServerInstallation } from './serverInstallation';

const home = mkdtempSync(join(tmpdir(), 'rabbit-editor-'));
const built = new ScratchClone(true);
const unbuilt = new ScratchClone(false);
let missing: string | undefined;
let server: EditorServer | undefined;
let browser: Browser | undefined;
let origin = '';

// What is done at the exit, such as ending the server and the browser, is not done when a signal ends the process.
(['SIGINT', 'SIGTERM', 'SIGHUP'] as const).forEach((signal) => process.once(signal, () => { process.exit(1); }));

before(async () => {
  const installation = await installed();
  if (installation === undefined) return;
  installExtension(installation);
  [server, origin] = await EditorServer.start(installation, home);
});

after(async () => {
  await browser?.close();
  server?.stop();
  [built, unbuilt].forEach((clone) => { clone.remove(); });
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
});

/** The server, once there is a browser too. Where one of them can't be had the tests are skipped, but not in CI. */
async function installed(): Promise<ServerInstallation | undefined> {
  try {
    browser = await launchChromium();
    return ServerInstallation.find();
  } catch (reason) {
    if (process.env['CI'] === 'true') throw reason;
    missing = (reason as Error).message.split('\n')[0];
    return undefined;
  }
}

/** As a reader does it, in an editor that is a command in PATH. */
function installExtension(installation: ServerInstallation): void {
  const commands = join(home, 'commands');
  mkdirSync(commands);
  const command = [installation.node, installation.command, ...EditorServer.folders(home), '"$@"'].join(' ');
  writeFileSync(join(commands, 'code-server'), `#!/bin/sh\nHOME=${home} exec ${command}\n`, { mode: 0o755 });
  const done = rabbit([commands, ...path], 'vscode', 'install', '--editor', 'code-server');
  assert.equal(done.exitCode, 0, done.error);
}

type Check = (window: EditorWindow, notebook: string) => Promise<void>;

/** A test in a window on a notebook; of one that fails a picture is kept. */
function inWindow(name: string, open: () => string, check: Check, clone = built): void {
  void test(name, async (context) => {
    if (missing !== undefined || browser === undefined) {
      context.skip(missing);
      return;
    }
    const notebook = open();
    const window = await EditorWindow.open(browser, origin, clone.folder, notebook);
    try {
      await check(window, notebook);
    } finally {
      await window.picture(name.replaceAll(/[^a-z]+/gi, '-'));
      await window.close();
    }
  });
}

const series = 'notebooks/tier1/01-vectors.ipynb';

inWindow('a notebook of the series finds its kernel, and Run All runs it', () => built.copy(series), async (window, notebook) => {
  await window.runAll();
  const cells = await built.saved(notebook, (all) => all.every((cell) => cell.execution_count !== null && cell.outputs.length > 0));
  assert.deepEqual(cells.map((cell) => cell.execution_count), cells.map((_, index) => index + 1));
  assert.deepEqual(cells.flatMap((cell) => cell.outputs).filter((output) => output.output_type === 'error'), []);
  await window.hasCount(1, 1);
  await window.shows('million numbers');
  await window.outputs.locator('svg[viewBox]').first().waitFor();
});

const playing = [
  '#r "../../bin/TorchSharp.dll"\n#r "../../bin/LlmRabbitHoles.Text.dll"\n#r "../../bin/LlmRabbitHoles.Engine.dll"\n' +
    '#r "../../bin/LlmRabbitHoles.Lessons.dll"\nusing LlmRabbitHoles.Lessons; using LlmRabbitHoles.Lessons.Displays;\n' +
    'using static LlmRabbitHoles.Lessons.Cells;\nvar alice = Load();\nTokenBox(alice, "the cat")',
  'var guess = Predict("How many tokens?", 1, 11, "tokens");\nguess',
  'guess.Reveal(3)',
];

inWindow('a playable display is drawn and moves', () => built.write('playing.ipynb', ...playing), async (window) => {
  await window.runAll();
  const box = window.outputs.locator('token-box');
  await box.getByRole('button', { name: 'Single bytes' }).click();
  await box.getByText('No merge was made yet').waitFor();
  await window.outputs.locator('guess-answer').getByText('hidden until you guess').waitFor();
  await window.outputs.locator('guess-field').getByRole('button', { name: 'Skip' }).click();
  await window.outputs.locator('guess-answer').getByText('It is 3 tokens.').waitFor();
});

const talking = [
  'var x = 6;\nx * 7',
  'Console.WriteLine("to stdout"); Console.Error.WriteLine("to stderr");',
  'var y = 1;\nthrow new InvalidOperationException("on purpose");',
  'x + y',
];

inWindow(
  'cells show what they make, and an error names its line',
  () => built.write('talking.ipynb', ...talking),
  async (window, notebook) => {
    await window.runAll();
    await window.shows(/on purpose.*Cell In\[3\], line 2/s);
    await window.outputs.getByRole('link', { name: 'line 2' }).waitFor();
    await window.shows('to stdout');
    await window.shows('to stderr');
    await window.shows('42');
    await window.hasCount(0, 1);
    await window.hasCount(2, 3);
    await window.cell(2).locator('.squiggly-error').waitFor();
    const cells = await built.saved(notebook, (all) => all[2]?.outputs.length === 1);
    assert.equal(cells[2]?.outputs[0]?.traceback?.at(-1), '   at cell 3, line 2');
    assert.deepEqual([cells[3]?.execution_count, cells[3]?.outputs], [null, []]);
  });

const stoppable = [
  'var n = 0; Console.WriteLine("it loops"); while (true) n = 1;',
  '$"n is {n}"',
];

inWindow(
  'Interrupt stops a cell and keeps the state, Restart does not',
  () => built.write('stoppable.ipynb', ...stoppable),
  async (window) => {
    await window.runCell(0);
    await window.shows('it loops');
    await window.interrupt();
    await window.shows('Interrupted');
    await window.runCell(1);
    await window.shows('n is 1');
    await window.restart();
    await window.runCell(1);
    await window.shows("The name 'n' does not exist");
  });

inWindow(
  'completions, hover and signatures come from the kernel',
  () => built.write('asking.ipynb', 'var answer = 42;', '// here'),
  async (window) => {
    await window.runCell(0);
    await window.hasCount(0, 1);
    await window.type(1, 'answer.ToStr');
    await window.proposals.filter({ hasText: 'ToString' }).first().waitFor();
    await window.picture('completions');
    await window.press('Escape');
    await window.pointAt(0, 'answer');
    await window.hover.filter({ hasText: 'int answer' }).first().waitFor();
    await window.type(1, 'Math.Pow(answer, ');
    await window.signature.filter({ hasText: 'double y' }).waitFor();
  });

inWindow(
  'an error is underlined while it is typed, and a line for the kernel is not',
  () => built.write('typing.ipynb', 'var x = 1;', '// here'),
  async (window) => {
    await window.runCell(0);
    await window.hasCount(0, 1);
    await window.type(1, '#!time\nint wrong = "text";');
    await window.cell(1).locator('.squiggly-error').first().waitFor();
    assert.equal(await window.cell(1).locator('.squiggly-error').count(), 1);
    await window.type(1, 'int right = x;');
    await window.cell(1).locator('.squiggly-error').waitFor({ state: 'detached' });
  });

const updating = [
  [
    'var shown = display("it waits");',
    'var gate = new TaskCompletionSource();',
    '_ = Task.Run(async () => { await gate.Task; Console.Write("it comes late"); });',
  ].join('\n'),
  'shown.Update("it is done"); gate.SetResult();',
];

inWindow(
  'a display is updated and late output is shown in the cell that they belong to',
  () => built.write('updating.ipynb', ...updating),
  async (window, notebook) => {
    await window.runAll();
    const [first, second] = await built.saved(
      notebook, ([one]) => one?.execution_count === 1 && textOf(one).includes('late') && textOf(one).includes('done'));
    assert.equal(textOf(first), 'it is doneit comes late');
    assert.deepEqual(second?.outputs, []);
    await window.hasCount(0, 1);
  });

const polyglot = [
  { kernel: 'html', code: '<b>bold and drawn</b>' },
  { kernel: 'javascript', code: "document.body.append('scripted ' + 6 * 7);" },
  { kernel: 'mermaid', code: 'graph TD\n  Alice --> Bob' },
  { kernel: 'value', code: '#!value --name kept\nkept text' },
  '#!share --from value kept\nkept + " is here"',
];

inWindow(
  'cells in other languages run, are drawn and keep their kernels',
  () => built.write('polyglot.ipynb', ...polyglot),
  async (window, notebook) => {
    await window.runAll();
    await window.outputs.locator('b', { hasText: 'bold and drawn' }).waitFor();
    await window.shows('scripted 42');
    await window.outputs.locator('svg .node', { hasText: 'Alice' }).waitFor();
    await window.shows('kept text is here');
    for (const [index, name] of ['HTML', 'JavaScript', 'Mermaid', 'Plain Text', 'C#'].entries())
      await window.language(index).filter({ hasText: name }).waitFor();
    const cells = await built.saved(notebook, (all) => all.every((cell) => cell.execution_count !== null));
    assert.deepEqual(
      cells.map(({ metadata }) => metadata.polyglot_notebook?.kernelName), ['html', 'javascript', 'mermaid', 'value', 'csharp']);
  });

inWindow(
  'the language that a reader chooses is the kernel that the file names',
  () => built.write('choosing.ipynb', '<i>chosen</i>'),
  async (window, notebook) => {
    await window.chooseLanguage(0, 'HTML');
    const [cell] = await built.saved(notebook, ([one]) => one?.metadata.polyglot_notebook?.kernelName !== 'csharp');
    assert.equal(cell?.metadata.polyglot_notebook?.kernelName, 'html');
    await window.runAll();
    await window.outputs.locator('i', { hasText: 'chosen' }).waitFor();
  });

inWindow(
  'the variables that cells have made are listed',
  () => built.write('variables.ipynb', 'var primes = new[] { 2, 3, 5 };'),
  async (window) => {
    await window.runCell(0);
    await window.hasCount(0, 1);
    await window.tool('Show Variables').click();
    await window.question.filter({ hasText: 'primes' }).waitFor();
  });

inWindow(
  'a cell that reads a line asks for it',
  () => built.write('reading.ipynb', 'var name = Console.ReadLine();\n$"Hello {name}"'),
  async (window) => {
    await window.runAll();
    await window.question.locator('input').first().fill('Ann');
    await window.press('Enter');
    await window.shows('Hello Ann');
  });

const figure = JSON.stringify({ data: [{ type: 'scatter', x: [1, 2, 3], y: [2, 4, 8] }], layout: { title: { text: 'It doubles' } } });

/** A type that shows itself as Plotly's JSON, by the convention that any type may follow. */
const chart = [
  'class TypeFormatterSourceAttribute(Type source) : Attribute',
  '{',
  '    public Type FormatterSourceType => source;',
  '    public string[] PreferredMimeTypes { get; set; }',
  '}',
  'class ChartFormatter',
  '{',
  '    public string MimeType => "application/vnd.plotly.v1+json";',
  '    public Type Type => typeof(Chart);',
  `    public bool Format(object chart, System.IO.TextWriter writer) { writer.Write(${JSON.stringify(figure)}); return true; }`,
  '}',
  'class ChartSource { public IEnumerable<object> CreateTypeFormatters() => [new ChartFormatter()]; }',
  '[TypeFormatterSource(typeof(ChartSource), PreferredMimeTypes = ["application/vnd.plotly.v1+json"])]',
  'class Chart;',
  'new Chart()',
].join('\n');

inWindow('a chart of Plotly is drawn', () => built.write('chart.ipynb', chart), async (window) => {
  await window.runAll();
  await window.outputs.locator('.js-plotly-plot .main-svg .gtitle', { hasText: 'It doubles' }).waitFor();
  await window.outputs.locator('.js-plotly-plot .scatterlayer path.js-line').waitFor();
  // It takes room: what lies in an element without height is drawn, but not shown.
  const place = await window.outputs.locator('.js-plotly-plot').boundingBox();
  assert.ok((place?.height ?? 0) >= 450, `the chart is ${place?.height} pixels high`);
});

inWindow(
  'where the engine is not built, the cell and a message say what to run',
  () => unbuilt.copy(series),
  async (window) => {
    await window.runCell(1);
    await window.shows(`The engine is not built yet. Run ./rabbit build in '${unbuilt.folder}'`);
    const message = window.notification.filter({ hasText: 'The engine is not built yet.' });
    await message.getByRole('button', { name: 'Run ./rabbit build' }).waitFor();
  }, unbuilt);
