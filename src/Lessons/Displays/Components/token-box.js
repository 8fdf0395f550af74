// @ts-check

/** A token of a text. @typedef {{ id: number, piece: string, special: boolean }} BoxToken */
/** One merge: the rule's rank, and where in the word's pieces. @typedef {{ rank: number, at: number, id: number }} BoxMerge */

/**
 * Byte-level byte-pair encoding over ids, in any front end. The model in the book's pages has the same in TypeScript, which needs a
 * bundler; a test holds this one against the engine.
 */
class BoxTokenizer {
  /** @param {Data} data bytes: the id of each byte; merges: pairs of ids by rank; first: the id that the first merge makes. */
  constructor(data) {
    /** @type {number[]} */
    this.bytes = data.bytes;
    /** @type {Map<number, [rank: number, id: number]>} */
    this.merges = new Map();
    /** @type {Map<number, Uint8Array>} */
    this.texts = new Map(this.bytes.map((id, byte) => [id, Uint8Array.of(byte)]));
    const buffer = bytesOf(data.merges).buffer;
    const ids = data.width === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer);
    this.count = ids.length / 3;
    for (let rank = 0; rank < this.count; rank++) {
      const [left, right, id] = ids.subarray(3 * rank, 3 * rank + 3);
      this.merges.set(this.key(left, right), [rank, id]);
      this.texts.set(id, Uint8Array.of(...(this.texts.get(left) ?? []), ...(this.texts.get(right) ?? [])));
    }
    /** @type {Map<string, BoxToken>} */
    this.added = new Map(data.added.map((/** @type {[number, string]} */ [id, piece]) => [piece, { id, piece, special: true }]));
    const marks = [...this.added.keys()].sort((a, b) => b.length - a.length).map((mark) => mark.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    this.marks = new RegExp(`(${marks.join('|') || '(?!)'})`, 'u');
    this.digits = data.digits === true;
  }

  /** The words that merges may not cross, and the marks between them. @param {string} text @returns {(string | BoxToken)[]} */
  words(text) {
    return text
      .replace(/\p{Surrogate}/gu, '\uFFFD')
      .split(this.marks)
      .filter((part) => part !== '')
      .flatMap((part) => this.split(part));
  }

  /** @param {string} part A mark, or text without one. @returns {(string | BoxToken)[]} */
  split(part) {
    const mark = this.added.get(part);
    if (mark !== undefined) return [mark];
    const pieces = this.digits ? (part.match(/\p{N}|\P{N}+/gu) ?? []) : [part];
    return pieces.flatMap((piece) => piece.match(BoxTokenizer.pattern) ?? []);
  }

  /** @param {string} word @returns {{ ids: number[], merges: BoxMerge[] }} One id a byte, and the merges in order. */
  trace(word) {
    const start = Array.from(new TextEncoder().encode(word), (byte) => this.bytes[byte]);
    const ids = [...start];
    /** @type {BoxMerge[]} */
    const merges = [];
    for (;;) {
      /** @type {BoxMerge | null} */
      let best = null;
      for (let at = 0; at + 1 < ids.length; at++) {
        const found = this.merges.get(this.key(ids[at], ids[at + 1]));
        if (found !== undefined && (best === null || found[0] < best.rank)) best = { rank: found[0], at, id: found[1] };
      }
      if (best === null) return { ids: start, merges };
      ids.splice(best.at, 2, best.id);
      merges.push(best);
    }
  }

  /** @param {string} text @returns {number[]} */
  encode(text) {
    return this.words(text).flatMap((word) => {
      if (typeof word !== 'string') return [word.id];
      const { ids, merges } = this.trace(word);
      for (const merge of merges) ids.splice(merge.at, 2, merge.id);
      return ids;
    });
  }

  /** A token as text; bytes that are only part of a character as <0xE2>. @param {number} id */
  piece(id) {
    const bytes = this.texts.get(id) ?? new Uint8Array();
    let text = '';
    for (let at = 0; at < bytes.length;) {
      const length = bytes[at] < 0x80 ? 1 : bytes[at] < 0xe0 ? 2 : bytes[at] < 0xf0 ? 3 : 4;
      try {
        text += BoxTokenizer.strict.decode(bytes.subarray(at, at + length));
        at += length;
      } catch {
        text += `<0x${bytes[at].toString(16).toUpperCase().padStart(2, '0')}>`;
        at++;
      }
    }
    return text;
  }

  /** @param {number} left @param {number} right */
  key(left, right) {
    return left * 0x400000 + right;
  }
}

// GPT-2's pattern, with Unicode's white space: JavaScript's own \s lacks U+0085 and has U+FEFF.
BoxTokenizer.pattern = new RegExp(
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\p{White_Space}\\p{L}\\p{N}]+|\\p{White_Space}+(?!\\P{White_Space})|\\p{White_Space}+",
  'gu',
);
BoxTokenizer.strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A place to type: the text's tokens with their ids, and how they came to be, merge by merge. */
class TokenBox extends RabbitComponent {
  /** @type {BoxTokenizer} */ tokenizer;
  /** @type {(BoxToken | { ids: number[], merges: BoxMerge[] })[]} */ words;
  /** @type {string} */ text;
  /** @type {number} */ last;
  /** @type {HTMLElement} */ counts;
  /** @type {HTMLElement} */ strip;
  /** @type {HTMLElement} */ said;
  /** @type {ReturnType<typeof slider>} */ steps;

  /** @override @param {Data} data */
  build(data) {
    this.tokenizer = new BoxTokenizer(data);
    const field = /** @type {HTMLTextAreaElement} */ (element('textarea', { rows: 2, maxlength: 1000, spellcheck: 'false' }));
    field.value = data.text;
    field.addEventListener('input', () => {
      this.read(field.value);
    });
    this.counts = element('p', { class: 'counts' });
    this.strip = element('div', { 'class': 'strip', 'role': 'list', 'aria-label': 'Pieces' });
    this.said = element('p', { role: 'status' });
    this.steps = slider(
      'merges',
      { min: 0, max: 0, step: 1, value: 0 },
      (value) => `${value} of ${this.last}`,
      () => {
        this.show();
      },
    );
    const to = (/** @type {() => number} */ place) => () => {
      this.go(place());
    };
    const ways = element(
      'div',
      { 'class': 'row', 'role': 'group', 'aria-label': 'Merges, step by step' },
      button(
        'Single bytes',
        to(() => 0),
      ),
      button(
        '← Undo one',
        to(() => this.step - 1),
        { 'data-way': 'back' },
      ),
      button(
        'Merge one →',
        to(() => this.step + 1),
        { 'data-way': 'on' },
      ),
      button(
        'All merges',
        to(() => this.last),
      ),
    );
    ways.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      event.preventDefault();
      this.go(this.step + (event.key === 'ArrowLeft' ? -1 : 1));
    });
    this.read(data.text);
    return [
      element('style', {}, TokenBox.style),
      element('label', {}, 'Your text', field),
      this.counts,
      this.strip,
      this.steps.row,
      ways,
      this.said,
    ];
  }

  /** The ids of a text, for whoever holds this against the engine. @param {string} text */
  encode(text) {
    return this.tokenizer.encode(text);
  }

  get step() {
    return Number(this.steps.input.value);
  }

  /** @param {number} step */
  go(step) {
    move(this.steps, Math.max(0, Math.min(this.last, step)));
    this.show();
  }

  /** @param {string} text */
  read(text) {
    const { tokenizer } = this;
    this.words = tokenizer.words(text).map((word) => (typeof word === 'string' ? tokenizer.trace(word) : word));
    this.text = text;
    this.last = this.words.reduce((sum, word) => sum + ('merges' in word ? word.merges.length : 0), 0);
    this.steps.input.max = String(this.last);
    this.go(this.last);
  }

  show() {
    const { tokenizer } = this;
    /** @type {HTMLElement[]} */
    const chips = [];
    let rest = this.step;
    let said = this.last === 0 ? 'No merge applies.' : 'Each piece is a single byte. No merge was made yet.';
    for (const word of this.words) {
      if (!('merges' in word)) {
        chips.push(this.chip(word.piece, word.id, chips.length, 'special'));
        continue;
      }
      const ids = [...word.ids];
      let joined = -1;
      for (const { rank, at, id } of word.merges.slice(0, rest)) {
        const [left, right] = [ids[at], ids[at + 1]].map((one) => visible(tokenizer.piece(one)));
        ids.splice(at, 2, id);
        if (--rest > 0) continue;
        joined = at;
        said =
          `Merge ${this.step} of ${this.last}: ${left} + ${right} → ${visible(tokenizer.piece(id))}. ` +
          `Rank ${formatNumber(rank)}: rule ${formatNumber(rank + 1)} of the ${formatNumber(tokenizer.count)} that training found.`;
      }
      for (const [at, id] of ids.entries()) chips.push(this.chip(tokenizer.piece(id), id, chips.length, at === joined ? 'joined' : ''));
    }
    this.strip.replaceChildren(...chips);
    const bytes = new TextEncoder().encode(this.text).length;
    this.counts.textContent =
      `${counted(chips.length, 'token')}, ${counted(bytes, 'byte')}, ` +
      `${counted(Math.round((100 * bytes) / Math.max(1, chips.length)) / 100, 'byte')} a token`;
    this.said.textContent = said;
  }

  /** @param {string} piece @param {number} id @param {number} index @param {string} kind */
  chip(piece, id, index, kind) {
    return element(
      'span',
      { role: 'listitem', class: `chip c${index % 6} ${kind}` },
      element('code', {}, visible(piece)),
      element('small', {}, String(id)),
    );
  }
}

TokenBox.style = `
.strip { display: flex; flex-wrap: wrap; gap: 5px 3px; margin: .4rem 0; min-height: 48px; }
.chip { text-align: center; }
.chip code { display: block; padding: 2px 5px; border-radius: 4px; border-bottom: 3px solid; min-height: 25px; }
.chip small { font-size: 11px; font-variant-numeric: tabular-nums; }
.chip.special code { border-bottom-style: dashed; font-style: italic; }
.chip.joined code { outline: 2px solid var(--accent); font-weight: 700; }
.counts { font-weight: 600; }
${['0,114,178', '213,94,0', '0,158,115', '196,106,156', '185,127,0', '43,148,207']
  .map((colour, i) => `.c${i} code { background: rgba(${colour},.17); border-color: rgb(${colour}); }`)
  .join('\n')}`;

define('token-box', TokenBox);
