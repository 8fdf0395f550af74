// @ts-check

/** Small maps of every head, one of them large, and the next token with and without the heads that are switched off. */
class AttentionViewer extends RabbitComponent {
  /** @type {number} */ layers;
  /** @type {number} */ heads;
  /** @type {number} */ head;
  /** @type {number} */ token;
  /** @type {string[]} */ tokens;
  /** @type {string} */ text;
  /** @type {Uint8Array} */ weights;
  /** @type {Candidate[]} */ next;
  /** @type {Candidate[][][] | null} */ without;
  /** @type {Set<number>} */ off;
  /** @type {HTMLElement[]} */ maps;
  /** @type {HTMLElement} */ caption;
  /** @type {HTMLCanvasElement} */ large;
  /** @type {HTMLElement} */ line;
  /** @type {HTMLElement} */ seen;
  /** @type {HTMLElement} */ switch;
  /** @type {HTMLElement} */ status;
  /** @type {HTMLElement} */ outcome;

  /** @override @param {Data} data */
  build(data) {
    this.layers = Number(data.layers);
    this.heads = Number(data.heads);
    this.tokens = data.tokens;
    this.text = data.text;
    this.weights = bytesOf(data.weights);
    this.next = data.next;
    // By layer and head; null where the model in the page must compute it.
    this.without = data.without;
    this.off = new Set();
    this.head = 0;
    this.token = this.tokens.length - 1;

    this.maps = Array.from({ length: this.layers * this.heads }, (_, index) => this.map(index));
    const grid = element('div', {
      'class': 'grid',
      'role': 'group',
      'aria-label': 'Heads: a row for each layer; arrow keys move, o switches off',
      'style': `grid-template-columns: auto repeat(${this.heads}, minmax(0, 1fr))`,
    });
    for (const [index, map] of this.maps.entries()) {
      if (index % this.heads === 0) grid.append(element('span', { class: 'layer' }, `layer ${index / this.heads}`));
      grid.append(map);
    }
    roving(
      this.maps,
      () => this.heads,
      (index) => {
        this.choose(index);
      },
    );
    this.caption = element('h4', {});
    this.large = /** @type {HTMLCanvasElement} */ (element('canvas', { class: 'large', role: 'img' }));
    this.large.addEventListener('pointermove', (event) => {
      const row = Math.floor((event.offsetY / this.large.clientHeight) * this.tokens.length);
      if (row >= 0 && row < this.tokens.length && row !== this.token) this.look(row);
    });
    this.line = element('div', { 'class': 'tokens', 'role': 'group', 'aria-label': 'Tokens: choose the one that looks' });
    this.seen = element('div', { 'aria-live': 'polite' });
    this.switch = button(
      'Switch this head off',
      () => {
        void this.toggle(this.head);
      },
      { 'aria-pressed': 'false' },
    );
    this.status = element('p', { role: 'status', class: 'quiet' });
    this.outcome = element('div', { class: 'pair' });
    this.spell();
    this.draw();
    return [
      element('style', {}, AttentionViewer.style),
      ...ownText('Your own text', this.text, (text, model) => this.read(text, model)),
      element('div', { class: 'both' }, element('div', {}, grid), element('div', {}, this.caption, this.large)),
      this.line,
      this.seen,
      element('div', { class: 'row' }, this.switch),
      this.status,
      this.outcome,
    ];
  }

  /** @override */
  shown() {
    this.choose(0);
    this.look(this.token);
    this.compare(null);
  }

  /** @param {number} index */
  map(index) {
    const name = this.name(index);
    const made = button(
      '',
      () => {
        this.choose(index);
      },
      { 'class': 'map', 'aria-label': name, 'aria-pressed': 'false', 'title': name },
    );
    made.append(element('canvas', { 'aria-hidden': 'true' }));
    made.addEventListener('keydown', (event) => {
      if (event.key === 'o' && !event.ctrlKey && !event.metaKey) void this.toggle(index);
    });
    made.addEventListener('dblclick', () => {
      void this.toggle(index);
    });
    return made;
  }

  /** @param {number} index */
  name(index) {
    return `layer ${Math.floor(index / this.heads)}, head ${index % this.heads}`;
  }

  /** How much a token takes from another, 0 to 255. @param {number} head @param {number} to @param {number} from */
  weight(head, to, from) {
    const time = this.tokens.length;
    return this.weights[(head * time + to) * time + from];
  }

  draw() {
    for (const [index, map] of this.maps.entries()) this.paint(/** @type {HTMLCanvasElement} */ (map.firstElementChild), index);
  }

  /** A pixel for each pair; the style makes them large. @param {HTMLCanvasElement} canvas @param {number} head */
  paint(canvas, head) {
    const time = (canvas.width = canvas.height = this.tokens.length);
    const context = canvas.getContext('2d');
    const image = context?.createImageData(time, time);
    if (!context || !image) return;
    for (let to = 0; to < time; to++) {
      for (let from = 0; from <= to; from++) {
        const share = Math.sqrt(this.weight(head, to, from) / 255); // small weights are seen too
        image.data.set([0, 114, 178, Math.round(255 * share)], 4 * (to * time + from));
      }
    }
    context.putImageData(image, 0, 0);
  }

  /** @param {number} index */
  choose(index) {
    this.head = index;
    for (const [i, map] of this.maps.entries()) map.setAttribute('aria-pressed', String(i === index));
    this.caption.textContent = `${this.name(index)}: each row is a token, and what it looks at`;
    this.large.setAttribute('aria-label', `Attention of ${this.name(index)}`);
    this.paint(this.large, index);
    this.marks();
    this.look(this.token);
  }

  spell() {
    const buttons = this.tokens.map((piece, index) =>
      button(
        visible(piece),
        () => {
          this.look(index);
        },
        { 'class': 'token', 'aria-label': `token ${index}: ${piece}` },
      ),
    );
    for (const [index, one] of buttons.entries())
      one.addEventListener('pointerenter', () => {
        this.look(index);
      });
    this.line.replaceChildren(...buttons);
    roving(
      buttons,
      () => 1,
      (index) => {
        this.look(index);
      },
    );
  }

  /** Shows the row of a token. @param {number} token */
  look(token) {
    this.token = token;
    for (const [index, one] of Array.from(this.line.children).entries()) {
      one.setAttribute('aria-pressed', String(index === token));
      const share = index > token ? 0 : this.weight(this.head, token, index) / 255;
      /** @type {HTMLElement} */ (one).style.background = `rgba(0,114,178,${(0.06 + 0.5 * share).toFixed(3)})`;
    }
    const rows = Array.from(
      { length: token + 1 },
      (_, from) => /** @type {[string, number]} */ ([this.tokens[from], this.weight(this.head, token, from) / 255]),
    );
    const most = rows.sort((a, b) => b[1] - a[1]).slice(0, 8);
    this.seen.replaceChildren(
      element('h4', {}, `In ${this.name(this.head)}, `, element('code', {}, visible(this.tokens[token])), ' looks at'),
      bars(most, 'What the token looks at'),
      ...(rows.length > 8 ? [element('p', { class: 'quiet' }, `and less at ${rows.length - 8} others`)] : []),
    );
  }

  marks() {
    for (const [index, map] of this.maps.entries()) {
      map.classList.toggle('off', this.off.has(index));
      map.setAttribute('aria-label', this.name(index) + (this.off.has(index) ? ', switched off' : ''));
    }
    this.switch.setAttribute('aria-pressed', String(this.off.has(this.head)));
    this.switch.textContent = this.off.has(this.head) ? `Switch ${this.name(this.head)} on again` : `Switch ${this.name(this.head)} off`;
  }

  /** @param {number} index */
  async toggle(index) {
    if (this.off.has(index)) this.off.delete(index);
    else {
      // The stored values have one head off at a time; the model in the page takes any set.
      if (liveModel() === null) this.off.clear();
      this.off.add(index);
    }
    this.marks();
    const off = [...this.off];
    if (off.length === 0) this.compare(null);
    else if (off.length === 1 && this.without !== null) this.compare(this.without[Math.floor(off[0] / this.heads)][off[0] % this.heads]);
    else await this.compute(off);
  }

  /** @param {number[]} off */
  async compute(off) {
    this.status.textContent = 'Alice computes…';
    try {
      const model = liveModel();
      const { tokens } = await model.encode({ prompt: this.text });
      const silencedHeads = off.map((index) => [Math.floor(index / this.heads), index % this.heads]);
      const found = await model.forward(
        tokens.map((/** @type {any} */ token) => token.id),
        { lens: 5, silencedHeads },
      );
      this.compare(AttentionViewer.last(found));
      this.status.textContent = '';
    } catch (error) {
      this.status.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  /** The likeliest next tokens of a forward in the page. @param {any} found @returns {Candidate[]} */
  static last(found) {
    return found.lens
      .at(-1)
      .at(-1)
      .map((/** @type {any} */ one) => [one.text, one.probability]);
  }

  /** @param {string} text @param {any} model */
  async read(text, model) {
    const { tokens } = await model.encode({ prompt: text });
    if (tokens.length < 2 || tokens.length > 64) throw new Error(`That text has ${tokens.length} tokens; from 2 to 64 can be shown.`);
    const found = await model.forward(
      tokens.map((/** @type {any} */ token) => token.id),
      { attention: true, lens: 5 },
    );
    this.text = text;
    this.tokens = tokens.map((/** @type {any} */ token) => token.text);
    this.weights = Uint8Array.from(
      found.attention.flatMap((/** @type {Float32Array} */ layer) => Array.from(layer, (w) => Math.round(255 * w))),
    );
    this.next = AttentionViewer.last(found);
    this.without = null;
    this.off.clear();
    this.token = this.tokens.length - 1;
    this.spell();
    this.draw();
    this.choose(this.head);
    this.compare(null);
  }

  /** @param {Candidate[] | null} without */
  compare(without) {
    const rows = (/** @type {Candidate[]} */ next) => next.map(([piece, p]) => /** @type {[string, number]} */ ([piece, p]));
    const names = [...this.off].map((index) => this.name(index)).join(' and ');
    this.outcome.replaceChildren(
      element('div', {}, element('h4', {}, 'What comes next'), bars(rows(this.next), 'Next token with all heads')),
      element(
        'div',
        {},
        element('h4', {}, without === null ? 'Without a head: switch one off' : `Without ${names}`),
        ...(without === null ? [] : [bars(rows(without), 'Next token without')]),
      ),
    );
  }
}

AttentionViewer.style = `
.both { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 6px 20px; max-width: 820px; }
@media (max-width: 620px) { .both { grid-template-columns: minmax(0, 1fr); } }
.grid { display: grid; gap: 4px; } .layer { font-size: 11px; align-self: center; padding-right: 4px; white-space: nowrap; }
.map { padding: 2px; min-height: 0; aspect-ratio: 1; border-radius: 4px; }
.map canvas { width: 100%; height: 100%; display: block; image-rendering: pixelated; }
.map.off { background: repeating-linear-gradient(45deg, transparent 0 5px, var(--second) 5px 7px); border-color: var(--second); }
.map.off canvas { opacity: .25; }
.large { width: 100%; max-width: 320px; aspect-ratio: 1; display: block; image-rendering: pixelated; border: 1px solid var(--line);
  background: var(--faint); }
.tokens { display: flex; flex-wrap: wrap; gap: 3px; margin: .5rem 0; }
.token { padding: 1px 5px; font-family: var(--mono, ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace); font-size: 13px; }`;

define('attention-viewer', AttentionViewer);
