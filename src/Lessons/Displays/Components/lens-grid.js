// @ts-check

/** What each layer would say after each token, as a table that the arrow keys walk through. */
class LensGrid extends RabbitComponent {
  /** @type {string[]} */ tokens;
  /** @type {Candidate[][][]} */ says;
  /** @type {(number | null)[][]} */ ranks;
  /** @type {HTMLElement[]} */ cells;
  /** @type {HTMLElement} */ frame;
  /** @type {HTMLElement} */ told;

  /** @override @param {Data} data */
  build(data) {
    this.frame = element('div', { class: 'scroll' });
    this.told = element('div', { 'aria-live': 'polite' });
    this.lay(data.tokens, data.says, data.ranks);
    return [
      element('style', {}, LensGrid.style),
      ...ownText('Your own text', data.text, (text, model) => this.read(text, model)),
      this.frame,
      this.told,
    ];
  }

  /**
   * @param {string[]} tokens @param {Candidate[][][]} says [layers][tokens], likeliest first; the last layer is what the model says.
   * @param {(number | null)[][]} ranks [layers][tokens] of what the model says; null: beyond those that were looked at.
   */
  lay(tokens, says, ranks) {
    this.tokens = tokens;
    this.says = says;
    this.ranks = ranks;
    const last = says.length - 1;
    /** @type {HTMLElement[]} */
    const cells = [];
    const head = (/** @type {string} */ name, /** @type {string[]} */ texts, /** @type {string} */ kind) =>
      element(
        'tr',
        { class: kind },
        element('th', { scope: 'row' }, name),
        ...texts.map((text) => element('th', { scope: 'col' }, element('code', {}, visible(text)))),
      );
    const rows = says.map((row, layer) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, `layer ${layer}`),
        ...row.map((candidates, at) => {
          const [piece, share] = candidates[0];
          const cell = button(
            visible(piece),
            () => {
              this.tell(layer, at);
            },
            {
              'class': 'cell',
              'style': `background: rgba(0,114,178,${(0.05 + 0.5 * share).toFixed(3)})`,
              'aria-label': `layer ${layer}, after ${tokens[at]}: ${piece}, ${formatPercent(share)}`,
            },
          );
          cell.addEventListener('pointerenter', () => {
            this.tell(layer, at);
          });
          cells.push(cell);
          return element('td', {}, cell);
        }),
      ),
    );
    roving(
      cells,
      () => tokens.length,
      (index) => {
        this.tell(Math.floor(index / tokens.length), index % tokens.length);
      },
    );
    const table = element(
      'table',
      { 'aria-label': 'What each layer would say next' },
      element(
        'thead',
        {},
        head('after', tokens, ''),
        head(
          'Alice says',
          says[last].map((candidates) => candidates[0][0]),
          'final',
        ),
      ),
      element('tbody', {}, ...rows),
    );
    this.cells = cells;
    this.frame.replaceChildren(table);
    this.tell(last, tokens.length - 1);
  }

  /** @param {number} layer @param {number} at */
  tell(layer, at) {
    const { tokens, says, ranks } = this;
    for (const [index, cell] of this.cells.entries()) cell.classList.toggle('here', index === layer * tokens.length + at);
    const final = visible(says[says.length - 1][at][0][0]);
    this.told.replaceChildren(
      element('h4', {}, `Layer ${layer}, after `, element('code', {}, visible(tokens[at])), ', would say'),
      bars(
        says[layer][at].map(([piece, share]) => /** @type {[string, number]} */ ([piece, share])),
        'The three likeliest',
      ),
      element(
        'p',
        {},
        'Rank of ',
        element('code', {}, final),
        `, which Alice says in the end, by layer: `,
        ...ranks.map((row, one) =>
          element('span', { class: one === layer ? 'rank here' : 'rank' }, row[at] === null ? '>50' : formatNumber(row[at] ?? 0)),
        ),
      ),
    );
  }

  /** @param {string} text @param {any} model */
  async read(text, model) {
    const { tokens } = await model.encode({ prompt: text });
    if (tokens.length > 48) throw new Error(`That text has ${tokens.length} tokens; at most 48 can be shown.`);
    const { lens } = await model.forward(
      tokens.map((/** @type {any} */ token) => token.id),
      { lens: 50 },
    );
    /** @type {any[][][]} */
    const layers = lens.slice(1); // the first depth is the embedding
    const final = layers[layers.length - 1].map((candidates) => candidates[0].id);
    this.lay(
      tokens.map((/** @type {any} */ token) => token.text),
      layers.map((row) =>
        row.map((candidates) => candidates.slice(0, 3).map((one) => /** @type {Candidate} */ ([one.text, one.probability]))),
      ),
      layers.map((row) =>
        row.map((candidates, at) => {
          const found = candidates.findIndex((one) => one.id === final[at]);
          return found < 0 ? null : found + 1;
        }),
      ),
    );
  }
}

LensGrid.style = `
table { border-collapse: collapse; } th { font-weight: 600; font-size: 12px; text-align: left; padding: 3px 6px; white-space: nowrap; }
td { padding: 1px; }
.cell { width: 100%; min-width: 58px; padding: 2px 5px; text-align: left; white-space: pre; font-size: 13px; border-color: transparent;
  border-radius: 3px;
  font-family: var(--mono, ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace); }
.cell.here { border-color: var(--accent); } .final th { border-bottom: 2px solid var(--line); }
.rank { display: inline-block; min-width: 26px; padding: 0 5px; margin: 0 2px; text-align: center; border: 1px solid var(--line);
  border-radius: 4px; font-variant-numeric: tabular-nums; }
.rank.here { border-color: var(--accent); font-weight: 700; }`;

define('lens-grid', LensGrid);
