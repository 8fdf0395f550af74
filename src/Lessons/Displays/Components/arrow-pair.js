// @ts-check

/** Two arrows on paper whose tips the reader drags, and what their numbers say about them. */
class ArrowPair extends RabbitComponent {
  /** The tips, in the plane's own units. @type {[x: number, y: number][]} */
  tips;
  /** @type {string[]} */
  names;
  /** @type {SVGElement} */
  picture;
  /** @type {{ shaft: SVGElement, grip: SVGElement, name: SVGElement }[]} */
  arrows;
  /** @type {SVGElement} */
  shadow;
  /** @type {HTMLElement} */
  said;

  /** @override @param {Data} data */
  build(data) {
    this.names = data.names;
    this.tips = data.tips.map((/** @type {[number, number]} */ tip) => [...tip]);
    this.said = element('p', { role: 'status' });
    this.shadow = shape('path', { class: 'shadow' });
    this.picture = shape('svg', { 'viewBox': '-5.4 -5.4 10.8 10.8', 'role': 'group', 'aria-label': 'Two arrows to drag' });
    this.picture.append(...this.paper(), this.shadow);
    this.arrows = this.names.map((name, index) => this.arrow(name, index));
    this.show();
    return [
      element('style', {}, ArrowPair.style),
      element('p', { class: 'quiet' }, 'Drag a tip, or focus it and use the arrow keys.'),
      this.picture,
      this.said,
    ];
  }

  paper() {
    const lines = Array.from({ length: 11 }, (_, i) => `M${i - 5} -5V5M-5 ${i - 5}H5`).join('');
    return [shape('path', { d: lines, class: 'mesh' }), shape('path', { d: 'M-5 0H5M0 -5V5', class: 'axes' })];
  }

  /** @param {string} name @param {number} index */
  arrow(name, index) {
    const shaft = shape('path', { class: `shaft of${index}` });
    const text = shape('text', { class: `name of${index}` }, name);
    const grip = shape('circle', {
      'r': 0.42,
      'class': `grip of${index}`,
      'tabindex': 0,
      'role': 'slider',
      'aria-label': `The tip of ${name}`,
      'aria-valuemin': -5,
      'aria-valuemax': 5,
      'onpointerdown': (/** @type {PointerEvent} */ event) => {
        grip.setPointerCapture(event.pointerId);
      },
      'onpointermove': (/** @type {PointerEvent} */ event) => {
        if (grip.hasPointerCapture(event.pointerId)) this.move(index, this.placeOf(event));
      },
      'onkeydown': (/** @type {KeyboardEvent} */ event) => {
        const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
        if (way === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        this.move(index, [this.tips[index][0] + way[0] / 2, this.tips[index][1] + way[1] / 2]);
      },
    });
    this.picture.append(shaft, text, grip);
    return { shaft, grip, name: text };
  }

  /** Where a pointer is, in the plane's units. @param {PointerEvent} event @returns {[number, number]} */
  placeOf(event) {
    const box = this.picture.getBoundingClientRect();
    const unit = box.width / 10.8;
    return [(event.clientX - box.left) / unit - 5.4, 5.4 - (event.clientY - box.top) / unit];
  }

  /** Tips lie on half units, so that the sums can be done in the head. @param {number} index @param {[number, number]} place */
  move(index, place) {
    const [x, y] = place.map((value) => Math.max(-5, Math.min(5, Math.round(2 * value) / 2)));
    if (x === 0 && y === 0) return; // an arrow without a direction has no angle
    this.tips[index] = [x, y];
    this.show();
  }

  show() {
    const [[ax, ay], [bx, by]] = this.tips;
    for (const [index, { shaft, grip, name }] of this.arrows.entries()) {
      const [x, y] = this.tips[index];
      const size = Math.hypot(x, y);
      shaft.setAttribute('d', `M0 0L${x} ${-y}`);
      grip.setAttribute('cx', String(x));
      grip.setAttribute('cy', String(-y));
      grip.setAttribute('aria-valuenow', String(x));
      grip.setAttribute('aria-valuetext', `${x} to the right, ${y} up`);
      name.setAttribute('x', String(x + (0.75 * x) / size));
      name.setAttribute('y', String(-y - (0.75 * y) / size + 0.18));
    }
    const dot = ax * bx + ay * by;
    const [a, b] = [Math.hypot(ax, ay), Math.hypot(bx, by)];
    const along = dot / (a * a);
    this.shadow.setAttribute('d', `M${bx} ${-by}L${along * ax} ${-along * ay}`);
    const cosine = dot / (a * b);
    const angle = (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
    const signed = (/** @type {number} */ value) => (value < 0 ? `(${value})` : String(value));
    this.said.textContent =
      `dot product ${signed(ax)} × ${signed(bx)} + ${signed(ay)} × ${signed(by)} = ${formatNumber(dot)}; ` +
      `lengths ${formatNumber(a)} and ${formatNumber(b)}; cosine ${formatNumber(cosine)}, an angle of ${angle.toFixed(0)}°.`;
  }
}

ArrowPair.style = `
svg { display: block; width: 100%; max-width: 380px; height: auto; touch-action: none; }
.mesh { stroke: var(--line); stroke-width: .015; } .axes { stroke: currentColor; stroke-width: .03; }
.shaft { stroke-width: .13; stroke-linecap: round; fill: none; } .shadow { stroke: currentColor; stroke-width: .05; stroke-dasharray: .18 .14; }
.shaft.of0 { stroke: var(--accent); } .shaft.of1 { stroke: var(--second); }
.grip { cursor: grab; stroke-width: .1; fill: color-mix(in srgb, currentColor 12%, transparent); } .grip:active { cursor: grabbing; }
.grip.of0 { stroke: var(--accent); } .grip.of1 { stroke: var(--second); }
.grip:focus-visible { outline: none; stroke-width: .22; }
.name { font-size: .55px; font-weight: 600; text-anchor: middle; fill: currentColor; pointer-events: none; }`;

define('arrow-pair', ArrowPair);
