// @ts-check
// What all components share. The files of this folder become one classic script, this one first: no imports, no network, no build.

/** Values that the engine stored with the cell. @typedef {Record<string, any>} Data */
/** A token's text and its probability. @typedef {[piece: string, probability: number]} Candidate */

/**
 * A display that the reader can move. It shows the fallback that is inside it until its script has made something better, and keeps the
 * fallback where that fails.
 */
class RabbitComponent extends HTMLElement {
  /** The values; null: those in the element. @type {Data | null} */
  data = null;

  connectedCallback() {
    // A page that is still being read may not have reached the values.
    if (this.data === null && this.values() === null && document.readyState === 'loading')
      document.addEventListener(
        'DOMContentLoaded',
        () => {
          this.start();
        },
        { once: true },
      );
    else this.start();
  }

  /** @param {Data} _data @returns {(Node | string)[]} What to show. */
  build(_data) {
    return [];
  }

  start() {
    if (this.shadowRoot !== null) return;
    const data = this.data ?? this.values();
    if (data === null) return;
    const content = this.build(data);
    const root = this.attachShadow({ mode: 'open' });
    root.append(element('style', {}, componentStyle), ...content);
    this.shown();
  }

  /** Called once, when the content is in the page. */
  shown() {}

  /** @returns {Data | null} */
  values() {
    const script = this.querySelector(':scope > script[type="application/json"]');
    return script === null ? null : JSON.parse(script.textContent ?? 'null');
  }
}

/** Two scripts may bring the same component: a notebook's and a renderer's. @param {string} name @param {CustomElementConstructor} type */
function define(name, type) {
  if (customElements.get(name) === undefined) customElements.define(name, type);
}

/**
 * Makes an element. Names that begin with `on` are listeners, true and false switch an attribute, and all others are attributes.
 * @param {string} name @param {Record<string, any>} attributes @param {...(Node | string)} children @returns {HTMLElement}
 */
function element(name, attributes = {}, ...children) {
  return /** @type {HTMLElement} */ (filled(document.createElement(name), attributes, children));
}

/** Makes a part of a drawing. @param {string} name @param {Record<string, any>} attributes @param {...(Node | string)} children */
function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

/** @template {Element} T @param {T} made @param {Record<string, any>} attributes @param {(Node | string)[]} children @returns {T} */
function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (typeof value === 'boolean' && !key.startsWith('aria-')) made.toggleAttribute(key, value);
    else made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

/** @param {string} label @param {() => void} onclick @param {Record<string, any>} attributes */
function button(label, onclick, attributes = {}) {
  return /** @type {HTMLButtonElement} */ (element('button', { type: 'button', onclick, ...attributes }, label));
}

/**
 * A named slider with its value beside it.
 * @param {string} label @param {{ min: number, max: number, step: number, value: number }} range
 * @param {(value: number) => string} say The value in words. @param {(value: number) => void} change
 */
function slider(label, range, say, change) {
  const input = /** @type {HTMLInputElement} */ (element('input', { type: 'range', ...range }));
  const output = element('span', { 'class': 'value', 'aria-hidden': 'true' }); // the slider itself says it
  const show = () => {
    output.textContent = say(Number(input.value));
    input.setAttribute('aria-valuetext', output.textContent);
  };
  input.addEventListener('input', () => {
    show();
    change(Number(input.value));
  });
  show();
  return { row: element('label', { class: 'slider' }, element('span', {}, label), input, output), input, show };
}

/** Sets a slider from outside, as a button does. @param {{ input: HTMLInputElement, show: () => void }} one @param {number} value */
function move(one, value) {
  one.input.value = String(value);
  one.show();
}

/**
 * Candidates as bars, with their probabilities as numbers.
 * @param {readonly (readonly [label: string, share: number, note?: string])[]} rows @param {string} name What they are, for screen readers.
 */
function bars(rows, name) {
  const most = Math.max(...rows.map((row) => row[1]), 1e-12);
  return element(
    'ul',
    { 'class': 'bars', 'aria-label': name },
    ...rows.map(([label, share, note]) =>
      element(
        'li',
        {},
        element('code', {}, visible(label)),
        element('span', { class: 'track' }, element('span', { class: 'bar', style: `width:${(100 * share) / most}%` })),
        element('span', { class: 'number' }, formatPercent(share)),
        ...(note === undefined ? [] : [element('span', { class: 'number' }, note)]),
      ),
    ),
  );
}

/**
 * Lets the arrow keys move the focus among cells that lie in rows; one of them is in the tab order.
 * @param {HTMLElement[]} cells @param {() => number} columns How many lie in a row. @param {(index: number) => void} arrive
 */
function roving(cells, columns, arrive) {
  /** @param {number} index */
  const enter = (index) => {
    for (const [i, cell] of cells.entries()) cell.tabIndex = i === index ? 0 : -1;
    arrive(index);
  };
  for (const [index, cell] of cells.entries()) {
    cell.tabIndex = index === 0 ? 0 : -1;
    cell.addEventListener('focus', () => {
      enter(index);
    });
    cell.addEventListener('keydown', (event) => {
      /** @type {Record<string, number>} */
      const ways = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns(), ArrowDown: columns(), Home: -index, End: cells.length - 1 - index };
      const way = ways[event.key];
      if (way === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      cells[index + way]?.focus();
    });
  }
}

/** The model in the page, where there is one: the book's `window.alice`. @returns {any} */
function liveModel() {
  return /** @type {any} */ (globalThis).alice ?? null;
}

/**
 * A field for the reader's own text, which the model in the page computes; nothing where there is no model.
 * @param {string} label @param {string} text @param {(text: string, model: any) => Promise<void>} run
 */
function ownText(label, text, run) {
  const model = liveModel();
  if (model === null) return [];
  const input = /** @type {HTMLInputElement} */ (element('input', { type: 'text', value: text, maxlength: 200, autocomplete: 'off' }));
  const status = element('p', { role: 'status', class: 'quiet' });
  const go = async () => {
    if (input.value === '') return;
    status.textContent = 'Alice computes…';
    try {
      await run(input.value, model);
      status.textContent = '';
    } catch (error) {
      status.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  const form = element(
    'form',
    {
      class: 'own',
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void go();
      },
    },
    element('label', {}, label, input),
    element('button', { type: 'submit' }, 'Let Alice read it'),
  );
  return [form, status];
}

/** A token's text with every space and break shown, as src/Lessons/Displays/VisibleText.cs does it. @param {string} text */
function visible(text) {
  return text.replaceAll(' ', '·').replaceAll('\r\n', '⏎').replaceAll('\n', '⏎').replaceAll('\t', '⇥');
}

/** At most four significant digits, commas from five digits on: src/Lessons/Displays/NumberFormat.cs. @param {number} value */
function formatNumber(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  if (size === 0) return '0';
  if (size < 1e-4 || size >= 1e12) return formatScientific(value);
  if (Number.isInteger(value) || size >= 1000) return formatFixed(value, 0);
  const decimals = Math.min(8, Math.max(0, 3 - Math.floor(Math.log10(size))));
  return String(Number(value.toFixed(decimals)));
}

/** @param {number} value @param {number} decimals */
function formatFixed(value, decimals) {
  const text = value.toFixed(decimals);
  const [whole, rest] = text.split('.');
  return Math.abs(value) < 10_000 ? text : whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest === undefined ? '' : `.${rest}`);
}

/** @param {number} fraction */
function formatPercent(fraction) {
  if (fraction > 0 && fraction < 0.0001) return '<0.01%';
  if (fraction >= 0.9995 && fraction < 1) return '>99.9%';
  return `${(100 * fraction).toFixed(Math.round(fraction * 1e4) / 1e4 < 0.1 ? 2 : 1)}%`;
}

/** @param {number} value */
function formatScientific(value) {
  const [mantissa, exponent] = value.toExponential(3).split('e');
  const power = `10${Array.from(String(Number(exponent)), (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)])).join('')}`;
  return Number(mantissa) === 1 ? power : `${Number(mantissa)}×${power}`;
}

/** @param {number} count @param {string} one @param {string} many */
function counted(count, one, many = `${one}s`) {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** .NET's Random for a seed, as src/Book/live/src/generation/random.ts: a seed draws here what it draws in the engine. */
class ComponentRandom {
  /** @param {number} seed */
  constructor(seed) {
    this.state = new Int32Array(56);
    this.first = 0;
    this.second = 21;
    let last = 161_803_398 - Math.min(Math.abs(seed), 2_147_483_647);
    let next = 1;
    this.state[55] = last;
    for (let i = 1, place = 0; i < 55; i++) {
      place = (place + 21) % 55;
      this.state[place] = next;
      next = this.positive(last - next);
      last = this.state[place];
    }
    for (let round = 0; round < 4; round++)
      for (let i = 1; i < 56; i++) this.state[i] = this.positive((this.state[i] - this.state[1 + ((i + 30) % 55)]) | 0);
  }

  /** From 0 to below 1. */
  next() {
    this.first = (this.first % 55) + 1;
    this.second = (this.second % 55) + 1;
    let value = (this.state[this.first] - this.state[this.second]) | 0;
    if (value === 2_147_483_647) value--;
    this.state[this.first] = value = this.positive(value);
    return value / 2_147_483_647;
  }

  /** @param {number} value */
  positive(value) {
    return value < 0 ? value + 2_147_483_647 : value;
  }
}

// Colours lean on the text's own colour, so that they darken on light pages and lighten on dark ones; a page may set its own.
const componentStyle = `
:host { display: block; margin: .6rem 0; font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
  color: var(--rh-ink, var(--vscode-foreground, inherit)); --faint: color-mix(in srgb, currentColor 9%, transparent);
  --line: color-mix(in srgb, currentColor 32%, transparent);
  --accent: var(--rh-accent, color-mix(in oklab, #0072b2 78%, currentColor));
  --second: var(--rh-second, color-mix(in oklab, #d55e00 82%, currentColor)); }
/* A font's arrows would hide what a token is written with; font: sets this back. */
* { box-sizing: border-box; font-variant-ligatures: none !important; }
[hidden] { display: none !important; }
p { margin: .35rem 0; }
code { font: 13px/1.5 var(--mono, ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace); white-space: pre-wrap; }
h4 { margin: .5rem 0 .2rem; font-size: 13px; font-weight: 600; }
button, input, textarea { font: inherit; color: inherit; }
button, input[type=text], input[type=number], textarea { background: var(--faint); border: 1px solid var(--line); border-radius: 5px;
  padding: 3px 9px; }
button { cursor: pointer; min-height: 28px; }
button:disabled { opacity: .6; cursor: default; }
button[aria-pressed=true] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
input[type=range] { accent-color: var(--accent); flex: 1 1 120px; min-width: 90px; }
textarea { width: 100%; display: block; }
.row, .own { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; margin: .4rem 0; }
.own label { display: flex; gap: 8px; align-items: center; flex: 1 1 260px; } .own input { flex: 1; min-width: 120px; }
.slider { display: flex; gap: 10px; align-items: center; margin: 2px 0; } .slider > span { flex: 0 0 92px; }
.slider .value { flex: none; min-width: 72px; text-align: right; font-variant-numeric: tabular-nums; }
.quiet { opacity: .85; font-size: 13px; } .scroll { overflow-x: auto; padding: 4px; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bars { list-style: none; margin: .2rem 0; padding: 0; display: grid; gap: 2px 8px; max-width: 560px;
  grid-template-columns: minmax(84px, max-content) 1fr 60px; }
.bars li { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: center; margin: 0; }
.bars .number + .number { grid-column: 2 / -1; font-size: 13px; }
.bars code { min-width: 84px; max-width: 150px; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
.track { height: 11px; background: var(--faint); border-radius: 3px; overflow: hidden; }
.bar { display: block; height: 100%; background: var(--accent); min-width: 1px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(250px, 1fr)); gap: 4px 24px; }
@media (prefers-reduced-motion: no-preference) { .bar { transition: width .15s; } }
`;
