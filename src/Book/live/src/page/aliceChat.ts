import type { Generation } from '../generation/generate';
import { element } from './elements';
import { tokenPieces } from './tokenPieces';

const reasons: Record<Generation['stop_reason'], string> = {
  end_turn: 'she ended her turn', max_tokens: 'that was the most she may write', cancelled: 'you stopped her',
};

/**
 * A place to talk: <alice-chat data-bytes="7500000"> with a list of messages to try. It loads the model when the first message is sent,
 * shows the tokens that go in, streams the answer, and says how it went.
 */
export class AliceChat extends HTMLElement {
  private readonly input = element('textarea', { rows: 2, maxLength: 2000, id: 'alice-message' });
  private readonly send = element('button', { type: 'submit', className: 'send' });
  private readonly stop = element('button', { type: 'button', className: 'stop', hidden: true }, 'Stop');
  private readonly reads = element('p', { className: 'token-pieces' });
  private readonly answer = element('p', { className: 'token-pieces answer' });
  private readonly outcome = element('p', { className: 'outcome' });
  private readonly turn = element('div', { className: 'turn', hidden: true });
  private running: AbortController | undefined;

  connectedCallback(): void {
    if (this.contains(this.input)) return;
    this.send.textContent = `Load Alice (${(Number(this.dataset['bytes']) / 1e6).toFixed(1)} MB) and send`;
    this.outcome.role = 'status';
    this.answer.ariaLive = 'polite';
    const form = element('form', {}, element('label', { htmlFor: this.input.id }, 'Send Alice a message'), this.input,
      element('div', { className: 'buttons' }, this.send, this.stop));
    this.turn.append(element('h3', {}, 'What she reads'), this.reads, element('h3', {}, 'What she writes'), this.answer);
    for (const suggestion of this.querySelectorAll('li')) this.makeButton(suggestion);
    this.append(form, this.turn, this.outcome);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.talk();
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    this.stop.addEventListener('click', () => { this.running?.abort(); });
  }

  private makeButton(suggestion: HTMLLIElement): void {
    const text = suggestion.textContent;
    const button = element('button', { type: 'button' }, text);
    button.addEventListener('click', () => {
      this.input.value = text;
      void this.talk();
    });
    suggestion.replaceChildren(button);
  }

  private async talk(): Promise<void> {
    const chat = this.input.value.trim();
    if (chat === '' || this.running !== undefined) return;
    this.running = new AbortController();
    this.send.ariaDisabled = 'true';    // a disabled button would lose the focus
    try {
      this.outcome.textContent = 'Loading her…';
      await alice.load();
      this.send.textContent = 'Send';
      await this.converse(chat, this.running.signal);
    } catch (error) {
      this.outcome.textContent = error instanceof Error ? error.message : String(error);
    } finally {
      this.running = undefined;
      this.send.ariaDisabled = this.answer.ariaBusy = 'false';
      this.stop.hidden = true;
    }
  }

  private async converse(chat: string, signal: AbortSignal): Promise<void> {
    const { tokens } = await alice.encode({ chat });
    this.reads.replaceChildren(...tokenPieces(...tokens));
    this.answer.replaceChildren();
    this.turn.hidden = this.stop.hidden = false;
    this.outcome.textContent = 'She writes…';
    this.answer.ariaBusy = 'true';    // read out when it is whole
    const result = await alice.generate({ chat, signal, onToken: ({ piece }) => { this.answer.append(...tokenPieces(piece)); } });
    this.outcome.textContent = `${result.prompt_tokens.length} prompt tokens · ${result.tokens.length} tokens · ` +
      `${Math.round(result.tokens_per_s)} tokens/s · ${result.stop_reason}: ${reasons[result.stop_reason]}.`;
  }
}
