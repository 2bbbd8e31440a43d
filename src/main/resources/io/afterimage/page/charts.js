import uPlot from './vendor/uPlot.js';
import {color, element, setText} from './format.js';

// All curves over steps share one cursor.
const steps = uPlot.sync('steps');

/**
 * One chart in its figure: title, legend with the values under the cursor (or the newest), plot.
 *
 * A series is {label, color, dashed, width, faint, fill, points, format, scale, hidden}; values of
 * null are gaps. The colors follow the style sheet, even when it changes to dark.
 */
export class Chart {
  constructor(parent, {id, title, note = '', series, x = {}, y = {}, y2 = null, bands = [], empty = 'waiting for the first step', sync = true, stepped = false}) {
    Object.assign(this, {series, x, y, y2, bands, empty, sync, stepped});
    this.note = element('span', {class: 'muted'});
    this.legend = element('div', {class: 'legend'});
    this.values = series.map(one => one.hidden ? null : element('b'));
    series.forEach((one, i) => {
      if (one.hidden) return;
      this.legend.append(element('span', {},
        element('i', {class: `swatch${one.dashed ? ' dashed' : ''}`, style: {'--swatch': `var(--${one.color})`}}),
        `${one.label} `, this.values[i]));
    });
    this.plot = element('div', {class: 'plot', role: 'img'});
    this.figure = element('figure', {class: 'card chart', id},
      element('figcaption', {}, element('h2', {}, title, ' ', this.note), this.legend), this.plot);
    this.title = title;
    this.setNote(note);
    parent.append(this.figure);
    this.data = null;
    new ResizeObserver(() => this.resize()).observe(this.plot);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.rebuild());
    this.rebuild();
  }

  setNote(text) { setText(this.note, text); }

  /** @param data columns: x, then one per series */
  update(data) {
    this.data = data[0].length ? data : null;
    if (!this.data || !this.uplot) this.rebuild();
    else this.uplot.setData(this.data);
    this.describe(null);
  }

  describe(index) {
    const words = [];
    this.series.forEach((one, i) => {
      const column = this.data?.[i + 1];
      let at = index ?? (column ? column.length - 1 : -1);
      if (index === null || index === undefined) while (at > 0 && column[at] === null) at--;
      const value = column && at >= 0 ? column[at] : null;
      const text = value === null || value === undefined ? '–' : one.format(value);
      if (this.values[i]) {
        setText(this.values[i], one.legendValue === false ? '' : text);
        if (one.legendValue !== false) words.push(`${one.label} ${text}`);
      }
    });
    if (index === null) this.plot.setAttribute('aria-label', this.data ? `${this.title}: ${words.join(', ')}` : `${this.title}: ${this.empty}`);
  }

  resize() {
    if (this.uplot && this.plot.clientWidth > 0) {
      this.uplot.setSize({width: this.plot.clientWidth, height: this.plot.clientHeight});
    } else if (!this.uplot) {
      this.rebuild();
    }
  }

  rebuild() {
    this.uplot?.destroy();
    this.uplot = null;
    this.plot.replaceChildren();
    if (!this.data) {
      this.plot.append(element('div', {class: 'empty'}, this.empty));
      this.describe(null);
      return;
    }
    if (this.plot.clientWidth === 0) return;
    this.uplot = new uPlot(this.options(), this.data, this.plot);
  }

  options() {
    const text = color('muted');
    const axis = {
      stroke: text, font: '11px system-ui, sans-serif',
      grid: {stroke: color('grid'), width: 1}, ticks: {show: false},
    };
    const scales = {x: {time: false, ...this.x.scale}, y: {range: this.y.range}};
    const axes = [
      {...axis, size: 22, gap: 4, space: 60, values: this.x.values},
      {...axis, size: 40, gap: 4, space: 32, values: this.y.values},
    ];
    if (this.y2) {
      scales.y2 = {range: this.y2.range};
      axes.push({...axis, size: 40, gap: 4, side: 1, scale: 'y2', grid: {show: false}, values: this.y2.values});
    }
    return {
      width: this.plot.clientWidth, height: this.plot.clientHeight, scales, axes,
      padding: [8, this.y2 ? 0 : 10, 0, 0],
      legend: {show: false},
      cursor: {y: false, points: {size: 5}, drag: {x: false, y: false}, ...(this.sync ? {sync: {key: steps.key}} : {})},
      series: [{}, ...this.series.map(one => {
        const stroke = color(one.color);
        return {
          label: one.label, stroke, scale: one.scale ?? 'y',
          width: one.width ?? 1.6, alpha: one.faint ? .35 : 1,
          dash: one.dashed ? [4, 3] : undefined,
          fill: one.fill ? `color-mix(in srgb, ${stroke} 18%, transparent)` : undefined,
          paths: this.stepped ? uPlot.paths.stepped({align: 1}) : undefined,
          points: {show: one.points ?? false, size: 5, fill: stroke},
          spanGaps: one.spanGaps ?? false,
        };
      })],
      bands: this.bands.map(([upper, lower, name]) => ({
        series: [upper + 1, lower + 1], fill: `color-mix(in srgb, ${color(name)} 16%, transparent)`,
      })),
      hooks: {setCursor: [u => this.describe(u.cursor.left >= 0 ? u.cursor.idx : null)]},
    };
  }
}

/** An exponential moving average that starts at the first number; null stays null. */
export function smooth(values, weight) {
  let mean = null;
  return values.map(value => {
    if (value === null) return null;
    mean = mean === null ? value : mean + weight * (value - mean);
    return mean;
  });
}
