import 'components';
import type { ActivationFunction } from 'vscode-notebook-renderer';

/** The guesses that a reader made in a notebook; the editor keeps them while the notebook is open. */
interface State {
  readonly guesses?: Record<string, unknown>;
}

/** A custom element's name needs a hyphen, which this kind lacks. */
const elements: Record<string, string> = { roofline: 'roof-line' };

/** Shows the playable displays, as the same elements that the book and Jupyter show. */
export const activate: ActivationFunction<State> = (context) => {
  // A webview has no storage of the notebook's own.
  Object.assign(globalThis, {
    rabbitGuessStore: {
      read: () => context.getState()?.guesses ?? {},
      write: (guesses: Record<string, unknown>) => { context.setState({ guesses }); },
    },
  });
  return {
    renderOutputItem(item, element) {
      const kind = /^application\/vnd\.rabbit\.(.+)\+json$/.exec(item.mime)?.[1] ?? item.mime;
      const shown = Object.assign(document.createElement(elements[kind] ?? kind), { data: item.json() as unknown });
      element.replaceChildren(shown);
    },
  };
};
