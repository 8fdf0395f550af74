import Plotly, { type Config, type Data, type Layout } from 'plotly.js-dist-min';
import type { ActivationFunction } from 'vscode-notebook-renderer';

interface Figure {
  readonly data?: Data[];
  readonly layout?: Partial<Layout>;
  readonly config?: Partial<Config>;
}

/** In pixels; the height that Plotly draws at when nobody names one. */
const usualHeight = 450;

/** Draws charts that a cell shows as `application/vnd.plotly.v1+json`, which VS Code itself can't. */
export const activate: ActivationFunction = () => ({
  async renderOutputItem(item, element) {
    const { data = [], layout = {}, config = {} } = item.json() as Figure;
    // A responsive chart fills its element, and VS Code gives an output no more room than its element takes.
    element.style.height = `${layout.height ?? usualHeight}px`;
    await Plotly.newPlot(element, data, { ...inColoursOf(element), ...layout }, { responsive: true, displaylogo: false, ...config });
  },
});

/** A chart that names no colours of its own is drawn in the editor's, dark or light. */
function inColoursOf(element: HTMLElement): Partial<Layout> {
  const { color, fontFamily } = getComputedStyle(element);
  return { font: { color, family: fontFamily }, paper_bgcolor: 'transparent', plot_bgcolor: 'transparent' };
}
