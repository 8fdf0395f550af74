import mermaid from 'mermaid';
import type { ActivationFunction } from 'vscode-notebook-renderer';

/** Draws diagrams that a cell shows as `text/vnd.mermaid`, which VS Code itself can't. */
export const activate: ActivationFunction = () => {
  let drawn = 0;
  return {
    async renderOutputItem(item, element) {
      mermaid.initialize({ startOnLoad: false, theme: isDark() ? 'dark' : 'default', suppressErrorRendering: true });
      try {
        const { svg, bindFunctions } = await mermaid.render(`rabbit-holes-mermaid-${++drawn}`, item.text());
        element.innerHTML = svg;
        bindFunctions?.(element);
      } catch (reason) {
        element.textContent = `The diagram can't be drawn: ${reason instanceof Error ? reason.message : String(reason)}\n\n${item.text()}`;
        element.style.whiteSpace = 'pre-wrap';
      }
    },
  };
};

function isDark(): boolean {
  return document.body.classList.contains('vscode-dark') || document.body.classList.contains('vscode-high-contrast');
}
