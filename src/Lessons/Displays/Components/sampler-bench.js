// @ts-check

/**
 * What is set; topK 0, topP 1, minP 0 and bias 0 change nothing.
 * @typedef {{ temperature: number, topK: number, topP: number, minP: number, bias: number }} BenchSettings
 */
/**
 * After one step: each candidate's share, that of all tokens that are not listed, and whether that is known exactly.
 * @typedef {{ name: string, shares: number[], rest: number, kept: number, exact: boolean }} BenchStep
 */

/** Sampling over stored logits: the likeliest tokens one by one, and the weight of all others together at each temperature. */
class StoredLogits {
  /** @param {Data} data */
  constructor(data) {
    /** @type {[id: number, piece: string, logit: number][]} */
    this.candidates = data.candidates;
    this.others = Number(data.vocabulary) - this.candidates.length;
    this.highest = Math.max(...this.candidates.map((one) => one[2]));
    this.lowest = Math.min(...this.candidates.slice(0, 200).map((one) => one[2]));
    this.watch = this.candidates.findIndex((one) => one[0] === data.watch);
    /** @type {Map<number, number>} */
    this.rest = new Map(data.temperatures.map((/** @type {number} */ temperature, /** @type {number} */ i) => [temperature, data.rest[i]]));
  }

  /**
   * The order of src/Engine/Sampling/LogitPipeline: bias, temperature, top-k, top-p, min-p.
   * @param {BenchSettings} settings @returns {BenchStep[]}
   */
  steps({ temperature, topK, topP, minP, bias }) {
    const logits = this.candidates.map((one) => Math.fround(one[2]));
    let [zero, rest, exact] = [this.highest, this.rest.get(1) ?? 0, true];
    /** @type {BenchStep[]} */
    const steps = [];
    const note = (/** @type {string} */ name) => {
      const weights = logits.map((logit) => Math.exp(logit - zero));
      const sum = weights.reduce((a, b) => a + b, rest);
      const kept = weights.filter((weight) => weight > 0).length + (rest > 0 ? this.others : 0);
      steps.push({ name, shares: weights.map((weight) => weight / sum), rest: rest / sum, kept, exact });
    };
    note('logits');
    if (bias !== 0 && this.watch >= 0) {
      logits[this.watch] = Math.fround(logits[this.watch] + bias);
      note(`bias ${formatNumber(bias)}`);
    }
    if (temperature !== 1) {
      for (const [i, logit] of logits.entries()) logits[i] = Math.fround(logit / Math.fround(temperature));
      zero = Math.fround(this.highest / Math.fround(temperature));
      rest = this.rest.get(temperature) ?? 0;
      note(`temperature ${formatNumber(temperature)}`);
    }
    const keep = (/** @type {(logit: number, index: number) => boolean} */ stays) => {
      for (const [i, logit] of logits.entries()) if (!stays(logit, i)) logits[i] = -Infinity;
    };
    if (topK > 0) {
      const border = [...logits].sort((a, b) => b - a)[topK - 1];
      keep((logit) => logit >= border);
      rest = 0;
      note(`top-k ${topK}`);
    }
    if (topP < 1) {
      const { shares } = steps[steps.length - 1];
      const order = [...shares.keys()]
        .filter((i) => shares[i] > 0)
        .sort((a, b) => shares[b] - shares[a] || this.candidates[a][0] - this.candidates[b][0]);
      let [reached, count] = [0, 0];
      while (reached < topP && count < order.length) reached += shares[order[count++]];
      const nucleus = new Set(order.slice(0, count));
      // Where the listed tokens do not suffice, some of the others stay, and which ones is not stored.
      if (reached >= topP) rest = 0;
      else exact = false;
      keep((_, i) => nucleus.has(i));
      note(`top-p ${formatNumber(topP)}`);
    }
    if (minP > 0) {
      const border = Math.max(...logits) + Math.log(minP);
      const least = this.lowest / temperature;
      if (border > least) rest = 0;
      else if (rest > 0) exact = false;
      keep((logit) => logit >= border);
      note(`min-p ${formatNumber(minP)}`);
    }
    return steps;
  }

  /**
   * Draws as the engine does: through the tokens by their ids. -1 is one of the tokens that are not listed.
   * @param {BenchStep} step @param {number} dice
   */
  draw(step, dice) {
    const order = [...this.candidates.keys()]
      .filter((i) => step.shares[i] > 0)
      .sort((a, b) => this.candidates[a][0] - this.candidates[b][0]);
    for (const i of order) {
      dice -= step.shares[i];
      if (dice < 0) return i;
    }
    return step.rest > 0 ? -1 : order[order.length - 1];
  }
}

/** Sliders over real logits: what each step of sampling leaves, and what is drawn. */
class SamplerBench extends RabbitComponent {
  /** @type {StoredLogits} */ logits;
  /** @type {BenchSettings} */ settings;
  /** @type {BenchStep[]} */ steps;
  /** @type {number} */ seed;
  /** @type {ComponentRandom} */ random;
  /** @type {Map<number, number>} */ drawn;
  /** @type {HTMLElement} */ chain;
  /** @type {HTMLElement} */ prompt;
  /** @type {HTMLElement} */ left;
  /** @type {HTMLElement} */ said;

  /** @override @param {Data} data */
  build(data) {
    this.logits = new StoredLogits(data);
    this.settings = { temperature: 1, topK: 0, topP: 1, minP: 0, bias: 0 };
    this.seed = 1;
    this.random = new ComponentRandom(1);
    this.drawn = new Map();
    const set = (/** @type {keyof BenchSettings} */ name) => (/** @type {number} */ value) => {
      this.settings[name] = name === 'temperature' ? Math.round(value * 100) / 100 : value;
      this.again();
    };
    const sliders = [
      slider('temperature', { min: 0.1, max: 2, step: 0.05, value: 1 }, formatNumber, set('temperature')),
      slider('top-k', { min: 0, max: 100, step: 1, value: 0 }, (k) => (k === 0 ? 'off' : String(k)), set('topK')),
      slider('top-p', { min: 0.05, max: 1, step: 0.05, value: 1 }, (p) => (p === 1 ? 'off' : formatNumber(p)), set('topP')),
      slider('min-p', { min: 0, max: 0.5, step: 0.01, value: 0 }, (p) => (p === 0 ? 'off' : formatNumber(p)), set('minP')),
    ];
    if (this.logits.watch >= 0)
      sliders.push(
        slider(
          `bias of ${visible(this.logits.candidates[this.logits.watch][1])}`,
          { min: -10, max: 10, step: 0.5, value: 0 },
          formatNumber,
          set('bias'),
        ),
      );
    this.chain = element('ol', { 'class': 'chain', 'aria-label': 'What each step leaves' });
    this.left = element('div', {});
    this.said = element('p', { role: 'status' });
    const seed = /** @type {HTMLInputElement} */ (element('input', { type: 'number', min: 0, max: 999999, value: 1, class: 'seed' }));
    seed.addEventListener('change', () => {
      this.seed = Math.max(0, Math.trunc(Number(seed.value)) || 0);
      this.again();
    });
    const ways = element(
      'div',
      { class: 'row' },
      button('Draw once', () => {
        this.draw(1);
      }),
      button('Draw 100 times', () => {
        this.draw(100);
      }),
      button('Forget the draws', () => {
        this.again();
      }),
      element('label', {}, 'seed ', seed),
    );
    this.prompt = element('code', {}, visible(data.prompt));
    this.again();
    return [
      element('style', {}, SamplerBench.style),
      ...ownText('Your own text', data.prompt, (text, model) => this.read(text, model, data)),
      element('p', {}, 'After ', this.prompt),
      element('div', { class: 'sliders' }, ...sliders.map((one) => one.row)),
      this.chain,
      ways,
      this.said,
      this.left,
    ];
  }

  /**
   * The same values as the engine stores, of another text: src/Lessons/Displays/Components/SamplerBench.cs.
   * @param {string} text @param {any} model @param {Data} data
   */
  async read(text, model, data) {
    const { tokens } = await model.encode({ prompt: text });
    /** @type {number[]} */
    const scores = await model.logits(tokens.map((/** @type {any} */ token) => token.id));
    const ranked = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b);
    const listed = [...new Set([...ranked.slice(0, 200), ...(data.watch === null ? [] : [data.watch])])];
    const rest = ranked.filter((id) => !listed.includes(id));
    const named = await model.encode({ tokens: listed });
    this.logits = new StoredLogits({
      ...data,
      candidates: listed.map((id, i) => [id, named.tokens[i].text, scores[id]]),
      rest: data.temperatures.map((/** @type {number} */ t) =>
        rest.reduce((sum, id) => sum + Math.exp((scores[id] - scores[ranked[0]]) / t), 0),
      ),
    });
    this.prompt.textContent = visible(text);
    this.again();
  }

  /** The last step: what tokens are drawn from. */
  get end() {
    return this.steps[this.steps.length - 1];
  }

  /**
   * For whoever holds this against the engine.
   * @param {BenchSettings} settings @returns {[id: number, share: number][][]} What each step leaves.
   */
  remaining(settings) {
    return this.logits
      .steps(settings)
      .map((step) =>
        step.shares.flatMap((share, i) => (share > 0 ? [/** @type {[number, number]} */ ([this.logits.candidates[i][0], share])] : [])),
      );
  }

  again() {
    this.random = new ComponentRandom(this.seed);
    this.drawn.clear();
    this.said.textContent = '';
    this.show();
  }

  /** @param {number} times */
  draw(times) {
    const { logits, drawn, random } = this;
    let last = -1;
    for (let i = 0; i < times; i++) {
      last = logits.draw(this.end, random.next());
      drawn.set(last, (drawn.get(last) ?? 0) + 1);
    }
    this.show();
    const total = [...drawn.values()].reduce((a, b) => a + b, 0);
    const piece = last < 0 ? 'a token that is not listed' : visible(logits.candidates[last][1]);
    this.said.textContent = times === 1 ? `Drawn: ${piece}` : `${counted(total, 'token')} drawn, the last one ${piece}`;
  }

  show() {
    const { logits } = this;
    this.steps = logits.steps(this.settings);
    this.chain.replaceChildren(...this.steps.map((step) => this.link(step, logits)));
    const total = [...this.drawn.values()].reduce((a, b) => a + b, 0);
    const order = [...logits.candidates.keys()]
      .filter((i) => this.end.shares[i] > 0 || this.drawn.has(i))
      .sort((a, b) => this.end.shares[b] - this.end.shares[a]);
    const shown = order.slice(0, 10);
    const rows = shown.map((i) => this.row(logits.candidates[i][1], this.end.shares[i], this.drawn.get(i) ?? 0, total));
    const others = order.length - shown.length + (this.end.rest > 0 ? logits.others : 0);
    if (others > 0) {
      const share = Math.max(0, 1 - shown.reduce((sum, i) => sum + this.end.shares[i], 0));
      const count = total - shown.reduce((sum, i) => sum + (this.drawn.get(i) ?? 0), 0);
      rows.push(this.row(`the other ${formatNumber(others)}`, share, count, total));
    }
    this.left.replaceChildren(
      element('h4', {}, `What can be drawn: ${counted(this.end.kept, 'token')}`),
      bars(rows, 'What can be drawn'),
      ...(this.end.exact
        ? []
        : [element('p', { class: 'quiet' }, 'Only the likeliest tokens are stored one by one: so far down, this is a bound.')]),
    );
  }

  /** @param {string} name @param {number} share @param {number} count @param {number} total @returns {[string, number, string?]} */
  row(name, share, count, total) {
    return total === 0 ? [name, share] : [name, share, `drawn ${count}, expected ${formatFixed(total * share, 1)}`];
  }

  /** @param {BenchStep} step @param {StoredLogits} logits */
  link(step, logits) {
    const order = [...step.shares.keys()]
      .sort((a, b) => step.shares[b] - step.shares[a])
      .slice(0, 6)
      .filter((i) => step.shares[i] > 0);
    const rest = Math.max(0, 1 - order.reduce((sum, i) => sum + step.shares[i], 0));
    const strip = element(
      'span',
      { 'class': 'strip', 'aria-hidden': 'true' },
      ...order.map((i) =>
        element(
          'span',
          {
            class: `part p${logits.candidates[i][0] % 6}`,
            style: `flex-grow:${step.shares[i]}`,
            title: `${logits.candidates[i][1]} ${formatPercent(step.shares[i])}`,
          },
          step.shares[i] > 0.1 ? visible(logits.candidates[i][1]) : '',
        ),
      ),
      element('span', { class: 'part', style: `flex-grow:${rest}` }),
    );
    const outside = step.rest > 0 ? `, ${formatPercent(step.rest)} in ${formatNumber(logits.others)} that are not listed` : '';
    return element(
      'li',
      {},
      element('span', { class: 'name' }, step.name),
      strip,
      element('span', { class: 'quiet' }, `${step.exact ? '' : 'at most '}${counted(step.kept, 'token')}${outside}`),
    );
  }
}

SamplerBench.style = `
.sliders { max-width: 520px; } .seed { width: 90px; }
.chain { list-style: none; padding: 0; margin: .5rem 0; display: grid; gap: 6px; max-width: 620px; }
.chain li { display: grid; grid-template-columns: 120px 1fr; gap: 0 10px; align-items: center; margin: 0; }
.chain .quiet { grid-column: 2; font-size: 12px; } .name { font-size: 13px; font-weight: 600; }
.strip { display: flex; height: 24px; border-radius: 4px; overflow: hidden; background: var(--faint); }
.part { flex: 0 1 0; min-width: 0; overflow: hidden; white-space: nowrap; font: 12px/24px var(--mono, ui-monospace, monospace);
  padding: 0; text-indent: 3px; }
${['0,114,178', '213,94,0', '0,158,115', '196,106,156', '185,127,0', '43,148,207']
  .map((colour, i) => `.p${i} { background: rgba(${colour},.32); box-shadow: inset 2px 0 rgb(${colour}); }`)
  .join('\n')}
.sliders .slider > span { flex-basis: 128px; }
@media (min-width: 621px) {
  .bars { max-width: 620px; grid-template-columns: minmax(112px, max-content) 1fr 60px max-content; }
  .bars .number + .number { grid-column: 4; }
}`;

define('sampler-bench', SamplerBench);
