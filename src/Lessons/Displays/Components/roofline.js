// @ts-check

/** Measured points under the two limits of a machine. A custom element's name needs a hyphen: the kind is called roofline. */
class Roofline extends RabbitComponent {
  /** @type {{ bytes: number, flops: number }} */ limits;
  /** @type {[columns: number, intensity: number, flops: number, ms: number][]} */ points;
  /** @type {ReturnType<typeof Roofline.axis>} */ x;
  /** @type {ReturnType<typeof Roofline.axis>} */ y;
  /** @type {SVGElement} */ picture;
  /** @type {SVGElement} */ reach;
  /** @type {SVGElement} */ mark;
  /** @type {HTMLElement} */ said;

  /** @override @param {Data} data */
  build(data) {
    this.limits = { bytes: Number(data.bytes), flops: Number(data.flops) };
    this.points = data.points;
    const ridge = this.limits.flops / this.limits.bytes;
    const xs = [...this.points.map((point) => point[1]), ridge];
    const ys = [...this.points.map((point) => point[2]), this.limits.flops];
    this.x = Roofline.axis(xs, 46, 370);
    this.y = Roofline.axis(ys, 262, 14);
    this.picture = shape('svg', {
      'viewBox': '0 0 380 300',
      'role': 'img',
      'aria-label': 'Measured speed against flops per byte, under the limits of the machine',
    });
    this.said = element('p', { role: 'status' });
    const place = slider(
      'columns',
      { min: 0, max: this.points.length - 1, step: 1, value: 0 },
      (i) => formatNumber(this.points[i][0]),
      (i) => {
        this.show(i);
      },
    );
    this.draw();
    this.show(0);
    return [element('style', {}, Roofline.style), this.picture, place.row, this.said];
  }

  /** A logarithmic axis. @param {number[]} values @param {number} from @param {number} to */
  static axis(values, from, to) {
    const [low, high] = [Math.min(...values) / 1.6, Math.max(...values) * 1.6].map(Math.log10);
    const place = (/** @type {number} */ value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
    // 1, 2 and 5 where few powers of ten are in sight.
    const steps = high - low > 2.2 ? [1] : [1, 2, 5];
    const ticks = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, i) => Math.floor(low) + i)
      .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)))
      .filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
    return { place, ticks, least: 10 ** low, most: 10 ** high };
  }

  draw() {
    const { x, y, limits } = this;
    const ridge = limits.flops / limits.bytes;
    const from = Math.max(x.least, y.least / limits.bytes);
    const roof = `M${x.place(from)} ${y.place(from * limits.bytes)}L${x.place(ridge)} ${y.place(limits.flops)}H${x.place(x.most)}`;
    // Three quarters up the slope.
    const high = from * (ridge / from) ** 0.75;
    const slope = [x.place(high), y.place(high * limits.bytes)];
    const rate = (/** @type {number} */ flops) => formatNumber(flops / 1e9);
    this.picture.append(
      ...x.ticks.flatMap((tick) => [
        shape('path', { d: `M${x.place(tick)} 14V262`, class: 'mesh' }),
        shape('text', { 'x': x.place(tick), 'y': 276, 'text-anchor': 'middle' }, formatNumber(tick)),
      ]),
      ...y.ticks.flatMap((tick) => [
        shape('path', { d: `M46 ${y.place(tick)}H370`, class: 'mesh' }),
        shape('text', { 'x': 42, 'y': y.place(tick) + 4, 'text-anchor': 'end' }, rate(tick)),
      ]),
      shape('text', { 'x': 208, 'y': 294, 'text-anchor': 'middle' }, 'flops per byte'),
      shape('text', { x: 4, y: 10 }, 'GFLOP/s'),
      shape('path', { d: roof, class: 'roof' }),
      shape(
        'text',
        { 'x': 368, 'y': y.place(limits.flops) - 5, 'text-anchor': 'end', 'class': 'name' },
        `arithmetic ${rate(limits.flops)} GFLOP/s`,
      ),
      // Left of the slope, where no point can be.
      ...['bandwidth', `${formatNumber(limits.bytes / 1e9)} GB/s`].map((line, i) =>
        shape('text', { 'x': slope[0] - 8, 'y': slope[1] - 12 + 14 * i, 'text-anchor': 'end', 'class': 'name' }, line),
      ),
      ...this.points.map((point) => shape('circle', { cx: x.place(point[1]), cy: y.place(point[2]), r: 4, class: 'point' })),
    );
    this.reach = shape('path', { class: 'reach' });
    this.mark = shape('circle', { r: 7, class: 'mark' });
    this.picture.append(this.reach, this.mark);
  }

  /** @param {number} index */
  show(index) {
    const [columns, intensity, flops, ms] = this.points[index];
    const limits = this.limits;
    const [slope, arithmetic] = [limits.bytes * intensity, limits.flops];
    const limit = Math.min(slope, arithmetic);
    const [cx, cy] = [this.x.place(intensity), this.y.place(flops)];
    this.mark.setAttribute('cx', String(cx));
    this.mark.setAttribute('cy', String(cy));
    this.reach.setAttribute('d', `M${cx} ${cy}V${this.y.place(limit)}`);
    this.said.textContent =
      `${counted(columns, 'column')}: ${formatNumber(intensity)} flops per byte, ` +
      `${formatNumber(flops / 1e9)} GFLOP/s, ${formatNumber(ms)} ms. ` +
      `The limit is ${slope < arithmetic ? 'the bandwidth' : 'the arithmetic'}, which allows ${formatNumber(limit / 1e9)} GFLOP/s; ` +
      (flops <= limit
        ? `this is ${formatPercent(flops / limit)} of it.`
        : `this is ${formatNumber(flops / limit)} times that: the matrix came out of a cache, faster than the memory.`);
  }
}

Roofline.style = `
svg { display: block; width: 100%; max-width: 560px; height: auto; }
text { fill: currentColor; font-size: 11px; }
.name { font-weight: 600; }
.mesh { stroke: var(--line); stroke-width: .5; } .roof { fill: none; stroke: currentColor; stroke-width: 2; }
.point { fill: var(--accent); }
.mark { fill: none; stroke: var(--second); stroke-width: 3; }
.reach { stroke: var(--second); stroke-width: 2; stroke-dasharray: 3 3; }`;

define('roof-line', Roofline);
