// @ts-check

/**
 * A guess, as the page keeps it; guess null: the reader skipped it.
 * @typedef {{ id: string, question: string, from: number, to: number, unit: string, guess?: number | null, actual?: number }} KeptGuess
 */

/** Where guesses are kept: the page's storage. A renderer without one puts its own in place. */
const guessStore = {
  /** @returns {Record<string, KeptGuess>} */
  read() {
    try {
      return JSON.parse(localStorage.getItem(guessStore.key()) ?? '{}');
    } catch {
      return guessStore.memory; // a browser may forbid storage to files
    }
  },
  /** @param {Record<string, KeptGuess>} guesses */
  write(guesses) {
    guessStore.memory = guesses;
    try {
      localStorage.setItem(guessStore.key(), JSON.stringify(guesses));
    } catch {
      /* then they live as long as the page */
    }
  },
  key: () => `rabbit-guesses:${location.pathname}`,
  /** @type {Record<string, KeptGuess>} */
  memory: {},
};
/** @type {any} */ (globalThis).rabbitGuessStore ??= guessStore;

/** What the three have in common: they read and write the page's guesses, and change together. */
class GuessElement extends RabbitComponent {
  /** @override */
  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('rabbit-guess', this.listener);
  }

  disconnectedCallback() {
    document.removeEventListener('rabbit-guess', this.listener);
  }

  listener = () => {
    if (this.shadowRoot !== null) this.show();
  };

  show() {}

  /** @returns {Record<string, KeptGuess>} */
  get guesses() {
    return /** @type {any} */ (globalThis).rabbitGuessStore.read();
  }

  /** @param {KeptGuess} kept */
  keep(kept) {
    /** @type {any} */ (globalThis).rabbitGuessStore.write({ ...this.guesses, [kept.id]: kept });
    document.dispatchEvent(new CustomEvent('rabbit-guess'));
  }

  /** "14 tokens", "1 token", "35%" @param {number} value @param {string} unit */
  said(value, unit) {
    const named = value === 1 && unit.length > 2 && unit.endsWith('s') ? unit.slice(0, -1) : unit;
    return formatNumber(value) + (unit === '' || unit === '%' || unit === '°' ? unit : ` ${named}`);
  }

  /** How far a guess is off, as a share of what could be guessed. @param {KeptGuess} kept */
  miss(kept) {
    return Math.abs(Number(kept.guess) - Number(kept.actual)) / (kept.to - kept.from);
  }
}

/** Asks: a slider and a number, to commit to or to skip. */
class GuessField extends GuessElement {
  /** @type {KeptGuess} */ asked;
  /** @type {HTMLElement} */ form;
  /** @type {HTMLElement} */ state;
  /** @type {HTMLElement} */ again;

  /** @override @param {Data} data */
  build(data) {
    const asked = /** @type {KeptGuess} */ (data);
    this.asked = asked;
    const whole = Number.isInteger(asked.from) && Number.isInteger(asked.to) && asked.to - asked.from >= 8;
    const step = whole ? 1 : (asked.to - asked.from) / 100;
    const middle = asked.from + step * Math.round((asked.to - asked.from) / 2 / step);
    const number = /** @type {HTMLInputElement} */ (
      element('input', {
        'type': 'number',
        'min': asked.from,
        'max': asked.to,
        'step': 'any',
        'value': middle,
        'aria-label': 'Your guess as a number',
      })
    );
    const one = slider(
      'your guess',
      { min: asked.from, max: asked.to, step, value: middle },
      (value) => this.said(value, asked.unit),
      (value) => {
        number.value = String(value);
      },
    );
    number.addEventListener('input', () => {
      if (number.value !== '') move(one, Number(number.value));
    });
    this.form = element(
      'div',
      {},
      one.row,
      element(
        'div',
        { class: 'row' },
        number,
        button('Commit', () => {
          if (number.value !== '') this.settle(Number(number.value));
        }),
        button('Skip', () => {
          this.settle(null);
        }),
      ),
    );
    this.state = element('p', { role: 'status' });
    this.again = button('Guess again', () => {
      this.settle(undefined);
    });
    this.show();
    return [element('p', {}, element('strong', {}, asked.question)), this.form, this.state, this.again];
  }

  /** @param {number | null | undefined} guess */
  settle(guess) {
    const { guess: _, ...rest } = { ...this.guesses[this.asked.id], ...this.asked };
    this.keep(guess === undefined ? rest : { ...rest, guess });
  }

  /** @override */
  show() {
    const kept = this.guesses[this.asked.id]?.guess;
    this.form.hidden = kept !== undefined;
    this.again.hidden = kept === undefined;
    this.state.textContent =
      kept === undefined
        ? ''
        : kept === null
          ? 'You skipped this one.'
          : `You said ${this.said(kept, this.asked.unit)}. The answer stands below.`;
  }
}

/** Answers, once the reader has committed or skipped. */
class GuessAnswerElement extends GuessElement {
  /** @type {KeptGuess} */ answer;
  /** @type {HTMLElement} */ state;
  /** @type {HTMLElement} */ open;

  /** @override @param {Data} data */
  build(data) {
    this.answer = /** @type {KeptGuess} */ (data);
    this.state = element('div', { role: 'status' });
    this.open = button('Show the answer without a guess', () => {
      this.keep({ ...this.answer, guess: null });
    });
    this.show();
    return [this.state, this.open];
  }

  /** @override */
  show() {
    const answer = this.answer;
    const guess = this.guesses[answer.id]?.guess;
    const hidden = guess === undefined;
    this.open.hidden = !hidden;
    const actual = this.said(Number(answer.actual), answer.unit);
    const miss = this.miss({ ...answer, guess });
    const verdict = hidden
      ? 'The answer is hidden until you guess above, or skip.'
      : guess === null
        ? `It is ${actual}.`
        : guess === answer.actual
          ? `✔ You said ${this.said(guess, answer.unit)}, and ${actual} it is.`
          : miss <= 0.05
            ? `✔ You said ${this.said(guess, answer.unit)}, it is ${actual}: close enough.`
            : `✘ You said ${this.said(guess, answer.unit)}, it is ${actual}.`;
    this.state.replaceChildren(element('p', {}, element('strong', {}, answer.question)), element('p', {}, verdict));
    if (!hidden && this.guesses[answer.id]?.actual !== answer.actual) this.keep({ ...answer, guess });
  }
}

/** Lists all guesses of the page. */
class GuessCalibration extends GuessElement {
  /** @type {HTMLElement} */ list;

  /** @override */
  build() {
    this.list = element('div', { 'class': 'scroll', 'tabindex': 0, 'role': 'group', 'aria-label': 'Your guesses on this page' });
    this.show();
    return [element('style', {}, GuessCalibration.style), this.list];
  }

  /** @override */
  show() {
    const kept = Object.values(this.guesses).filter((one) => one.guess !== undefined && one.actual !== undefined);
    const made = kept.filter((one) => one.guess !== null);
    const near = made.filter((one) => this.miss(one) <= 0.05).length;
    const cell = (/** @type {string} */ text) => element('td', {}, text);
    this.list.replaceChildren(
      ...(kept.length === 0
        ? ['You have made no guess on this page yet.']
        : [
            element(
              'table',
              {},
              element(
                'thead',
                {},
                element('tr', {}, ...['question', 'you said', 'it is', 'off by'].map((name) => element('th', { scope: 'col' }, name))),
              ),
              element(
                'tbody',
                {},
                ...kept.map((one) =>
                  element(
                    'tr',
                    {},
                    cell(one.question),
                    cell(one.guess === null ? 'skipped' : this.said(Number(one.guess), one.unit)),
                    cell(this.said(Number(one.actual), one.unit)),
                    cell(one.guess === null ? '' : `${formatPercent(this.miss(one))} of the range`),
                  ),
                ),
              ),
            ),
            ...(made.length === 0
              ? []
              : [element('p', {}, `${near} of ${counted(made.length, 'guess', 'guesses')} lay within 5% of the range.`)]),
          ]),
    );
  }
}

GuessCalibration.style = `
table { border-collapse: collapse; }
th, td { text-align: left; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--line); }`;

define('guess-field', GuessField);
define('guess-answer', GuessAnswerElement);
define('guess-calibration', GuessCalibration);
