// @ts-check

/** A key-value cache that fills: the prompt at once, then a token a step. */
class CacheStepper extends RabbitComponent {
  /** @type {Data} */ stored;
  /** @type {string[]} */ tokens;
  /** @type {number} */ prompt;
  /** @type {number} */ last;
  /** @type {number} */ at;
  /** @type {number} */ pageSize;
  /** @type {number} */ evicted;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ timer;
  /** @type {HTMLElement[]} */ slots;
  /** @type {HTMLElement} */ said;
  /** @type {HTMLElement} */ size;
  /** @type {HTMLElement} */ pages;
  /** @type {HTMLElement} */ next;
  /** @type {HTMLElement} */ play;

  /** @override @param {Data} data */
  build(data) {
    this.stored = data;
    this.tokens = data.tokens;
    this.prompt = Number(data.prompt);
    this.last = this.tokens.length - this.prompt + 1; // nothing, the prefill, then a step a token
    this.at = 0;
    this.pageSize = 4;
    this.evicted = -1;
    this.timer = undefined;
    this.said = element('p', { role: 'status' });
    this.size = element('p', { class: 'size' });
    this.pages = element('div', { 'class': 'pages', 'role': 'group', 'aria-label': 'Entries of the cache; arrow keys move' });
    this.next = element('div', { class: 'pair' });
    const back = button('← Back', () => {
      this.go(this.at - 1);
    });
    const on = button('Step →', () => {
      this.go(this.at + 1);
    });
    this.play = button(
      'Play',
      () => {
        this.toggle();
      },
      { 'aria-pressed': 'false' },
    );
    const end = button('To the end', () => {
      this.go(this.last);
    });
    const ways = element('div', { 'class': 'row', 'role': 'group', 'aria-label': 'Steps' }, back, on, this.play, end);
    ways.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      event.preventDefault();
      this.go(this.at + (event.key === 'ArrowLeft' ? -1 : 1));
    });
    const entries = (/** @type {number} */ value) => counted(value, 'entry', 'entries');
    const size = slider('page size', { min: 1, max: 16, step: 1, value: 4 }, entries, (value) => {
      this.pageSize = value;
      this.show();
    });
    this.show();
    return [element('style', {}, CacheStepper.style), ways, size.row, this.said, this.size, this.pages, this.next];
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  get entries() {
    return this.at === 0 ? 0 : this.prompt + this.at - 1;
  }

  /** @param {number} step */
  go(step) {
    this.at = Math.max(0, Math.min(this.last, step));
    this.evicted = -1;
    this.show();
  }

  toggle() {
    const plays = this.timer !== undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!plays) {
      if (this.at === this.last) this.go(0);
      // Who wants no motion gets the end at once.
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.go(this.last);
      else this.tick();
    }
    this.play.setAttribute('aria-pressed', String(this.timer !== undefined));
  }

  tick() {
    this.go(this.at + 1);
    this.timer =
      this.at < this.last
        ? setTimeout(() => {
            this.tick();
          }, 900)
        : undefined;
    this.play.setAttribute('aria-pressed', String(this.timer !== undefined));
  }

  show() {
    const { tokens, prompt, last, stored: data } = this;
    const piece = (/** @type {number} */ i) => visible(tokens[i]);
    this.said.textContent =
      this.at === 0
        ? `Nothing is read yet. The first step reads all ${prompt} tokens of the prompt.`
        : this.at === 1
          ? `Prefill: one pass over ${counted(prompt, 'token')} ` +
            `fills ${counted(prompt, 'entry', 'entries')}${prompt < tokens.length ? `, and Alice says ${piece(prompt)}` : ''}.`
          : `Decode ${this.at - 1} of ${last - 1}: one pass over one token, ${piece(this.entries - 1)}, adds one entry` +
            (this.entries < tokens.length ? `, and Alice says ${piece(this.entries)}.` : '. Now an entry can be evicted: choose one.');
    const each = data.layers * 2 * data.heads * data.numbers * data.numberBytes;
    const pages = Math.ceil(this.entries / this.pageSize);
    this.size.textContent =
      `${counted(this.entries, 'entry', 'entries')} × ${data.layers} layers × 2 (key and value) × ` +
      `${data.heads} heads × ${data.numbers} numbers × ${data.numberBytes} bytes = ${formatNumber(this.entries * each)} bytes; ` +
      `${counted(pages, 'page')} of ${this.pageSize} hold${pages === 1 ? 's' : ''} ${formatNumber(pages * this.pageSize * each)} bytes`;
    this.fill();
    this.told();
  }

  fill() {
    const { tokens } = this;
    /** @type {HTMLElement[]} */
    const slots = [];
    const pages = Array.from({ length: Math.ceil(tokens.length / this.pageSize) }, (_, page) => {
      const made = Array.from({ length: this.pageSize }, (_, at) => {
        const index = page * this.pageSize + at;
        const held = index < this.entries;
        const kind = !held ? 'empty' : index === this.evicted ? 'gone' : index < this.prompt ? 'prompt' : 'answer';
        const slot = button(
          held ? visible(tokens[index]) : '',
          () => {
            this.evict(index);
          },
          {
            'class': `slot ${kind}`,
            'aria-label': held ? `entry ${index}: ${tokens[index]}${kind === 'gone' ? ', evicted' : ''}` : `slot ${index}, empty`,
            'aria-pressed': String(index === this.evicted),
          },
        );
        slots.push(slot);
        return slot;
      });
      return element(
        'div',
        { class: page * this.pageSize < this.entries ? 'page' : 'page free' },
        element('small', {}, `page ${page}`),
        element('div', { class: 'slots' }, ...made),
      );
    });
    this.pages.replaceChildren(...pages);
    roving(
      slots,
      () => this.pageSize,
      () => {},
    );
    this.slots = slots;
  }

  /** @param {number} index */
  evict(index) {
    if (this.at !== this.last || index >= this.entries - 1) {
      this.said.textContent =
        index === this.entries - 1 && this.at === this.last
          ? 'The last entry is the token that looks; evict another one.'
          : 'An entry can be evicted after the last step.';
      return;
    }
    this.evicted = this.evicted === index ? -1 : index;
    this.show();
    this.slots[index].focus();
  }

  told() {
    const data = this.stored;
    if (this.at !== this.last) {
      this.next.replaceChildren();
      return;
    }
    const rows = (/** @type {Candidate[]} */ next) => next.map(([piece, p]) => /** @type {[string, number]} */ ([piece, p]));
    this.next.replaceChildren(
      element('div', {}, element('h4', {}, 'What comes next'), bars(rows(data.next), 'Next token with all entries')),
      element(
        'div',
        {},
        ...(this.evicted < 0
          ? [element('h4', {}, 'Without an entry: choose one above')]
          : [
              element('h4', {}, `Without entry ${this.evicted}, `, element('code', {}, visible(this.tokens[this.evicted]))),
              bars(rows(data.without[this.evicted]), 'Next token without the entry'),
            ]),
      ),
    );
  }
}

CacheStepper.style = `
.size { font-variant-numeric: tabular-nums; } .pages { display: flex; flex-wrap: wrap; gap: 8px; margin: .5rem 0; }
.page { border: 1px solid var(--line); border-radius: 6px; padding: 2px 5px 5px; max-width: 100%; } .page.free { border-style: dashed; }
.page small { font-size: 11px; } .slots { display: flex; flex-wrap: wrap; gap: 3px; }
.slot { min-width: 44px; padding: 2px 5px; white-space: pre; font-size: 13px;
  font-family: var(--mono, ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace); }
.slot.empty { background: none; border-style: dashed; }
.slot.prompt { background: rgba(0,114,178,.2); }
.slot.answer { background: rgba(213,94,0,.2); }
.slot.gone { text-decoration: line-through; background: repeating-linear-gradient(45deg, transparent 0 6px, var(--faint) 6px 9px); }`;

define('cache-stepper', CacheStepper);
