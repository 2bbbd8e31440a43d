import {Chart, smooth} from './charts.js';
import {decimals, element, percent, rate} from './format.js';

const RATE_MILLIS = 10_000;
const unit = {range: (u, min, max) => [Math.min(0, min ?? 0), Math.max(1, max ?? 1)]};
const fromZero = {range: (u, min, max) => [0, max > 0 ? max * 1.1 : 1]};
const three = value => decimals(value, 3);

/** The charts over steps, and the histograms of similarities. */
export class Curves {
  constructor(parent) {
    this.points = null;
    this.revision = -1;
    this.loss = new Chart(parent, {
      id: 'chart-loss', title: 'Loss', note: 'debiased contrastive',
      series: [
        {label: 'each step', color: 'blue', faint: true, width: 1, hidden: true, format: three},
        {label: 'smoothed', color: 'blue', width: 2, format: three},
      ],
    });
    this.prior = new Chart(parent, {
      id: 'chart-prior', title: 'Prior τ⁺', y: fromZero,
      series: [
        {label: 'used by the loss', color: 'violet', width: 2, format: three},
        {label: 'upper', color: 'violet', faint: true, width: 1, hidden: true, format: three},
        {label: 'lower', color: 'violet', faint: true, width: 1, hidden: true, format: three},
        {label: 'not identified', color: 'gray', width: 2, dashed: true, legendValue: false, format: three},
        {label: 'class prior (truth)', color: 'orange', dashed: true, format: three},
      ],
      bands: [[1, 2, 'violet']],
    });
    this.similarity = new Chart(parent, {
      id: 'chart-similarity', title: 'Similarity of pairs', sync: false, stepped: true,
      x: {scale: {range: [-1, 1]}}, y: {...fromZero, values: () => []},
      series: [
        {label: 'positives', color: 'teal', fill: true, legendValue: false, format: percent},
        {label: 'negatives', color: 'orange', fill: true, legendValue: false, format: percent},
        {label: 'positives initially', color: 'teal', dashed: true, width: 1, legendValue: false, format: percent},
        {label: 'negatives initially', color: 'orange', dashed: true, width: 1, legendValue: false, format: percent},
      ],
    });
    this.spread = new Chart(parent, {
      id: 'chart-spread', title: 'Health', note: '', y: unit,
      series: [
        {label: 'embedding spread', color: 'teal', width: 2, format: three},
        {label: 'clamped fraction', color: 'orange', format: percent},
      ],
    });
    this.speed = new Chart(parent, {
      id: 'chart-speed', title: 'Speed', y: fromZero, y2: fromZero,
      series: [
        {label: 'steps/s', color: 'blue', width: 2, format: rate},
        {label: 'frames/s', color: 'gray', scale: 'y2', format: rate},
      ],
    });
    this.probe = new Chart(parent, {
      id: 'chart-probe', title: 'Probe', note: 'held-out scenes classified by their nearest neighbors', y: unit,
      empty: 'waiting for the first snapshot',
      series: [
        {label: 'newest encoder', color: 'blue', width: 2, points: true, format: three},
        {label: 'untrained', color: 'gray', dashed: true, format: three},
      ],
    });
    this.probe.figure.hidden = true;
    this.agreement = new Chart(parent, {
      id: 'chart-agreement', title: 'Nearest neighbors share', y: unit,
      empty: 'waiting for the second encoder',
      series: [
        {label: 'the class', color: 'blue', width: 2, points: true, format: percent},
        {label: 'by chance', color: 'blue', dashed: true, width: 1, legendValue: false, format: percent},
        {label: 'the camera', color: 'orange', width: 2, points: true, format: percent},
        {label: 'by chance', color: 'orange', dashed: true, width: 1, legendValue: false, format: percent},
      ],
    });
    this.phases = element('div', {class: 'phases'});
    this.speed.figure.append(this.phases);
  }

  /** Adds points, replacing earlier ones from the index of the first on. */
  addPoints({revision, from, columns}) {
    if (!this.points || from === 0) {
      this.points = columns;
    } else {
      for (const [name, values] of Object.entries(columns)) {
        this.points[name].length = Math.min(this.points[name].length, from);
        this.points[name].push(...values);
      }
    }
    this.revision = revision;
  }

  update(state) {
    this.drawCurves(state.classPrior, state.training?.report?.prior);
    this.drawSimilarity(state.training);
    this.drawProbe(state);
    this.drawAgreement(state.agreements);
    this.drawPhases(state.training);
  }

  drawAgreement(all) {
    this.agreement.update([
      all.map(one => one.step),
      all.map(one => one.sameClass), all.map(one => one.classByChance),
      all.map(one => one.sameCamera), all.map(one => one.cameraByChance),
    ]);
  }

  drawCurves(truth, prior) {
    const points = this.points;
    if (!points) return;
    const {step} = points;
    const weight = Math.min(1, Math.max(.05, 12 / Math.max(1, step.length)));
    this.loss.update([step, points.loss, smooth(points.loss, weight)]);
    const known = points.prior_identified;
    const latest = known[known.length - 1] >= .5;
    const meaning = prior?.meaning === 'CLASS_PRIOR' ? 'class prior' : 'effective';
    this.prior.setNote(latest ? meaning : 'not identified yet: default in use');
    this.prior.update([
      step,
      points.prior.map((value, i) => known[i] >= .5 ? value : null),
      points.prior_upper.map((value, i) => known[i] >= .5 ? value : null),
      points.prior_lower.map((value, i) => known[i] >= .5 ? value : null),
      points.prior.map((value, i) => known[i] < .5 || known[i - 1] < .5 ? value : null),
      step.map(() => truth ?? null),
    ]);
    this.spread.update([step, points.embedding_spread, points.clamped_fraction]);
    this.speed.update([step, perSecond(points, step), perSecond(points, points.frames)]);
  }

  drawSimilarity(training) {
    if (!training) {
      this.similarity.update([[], [], [], [], []]);
      return;
    }
    const {similarity, firstSimilarity, report} = training;
    const bins = similarity.positive.length;
    // A point at each bin's left edge, and one at the right edge of the last bin.
    const edges = Array.from({length: bins + 1}, (_, i) => -1 + 2 * i / bins);
    const first = firstSimilarity && firstSimilarity.positive.length === bins ? firstSimilarity : null;
    this.similarity.setNote(`mean ${decimals(report.positiveSimilarity, 2)} and ${decimals(report.negativeSimilarity, 2)}`);
    this.similarity.update([edges, shares(similarity.positive), shares(similarity.negative),
      shares(first?.positive, bins), shares(first?.negative, bins)]);
  }

  drawProbe({probes, untrainedAccuracy}) {
    const known = untrainedAccuracy !== null || probes.length > 0;
    this.probe.figure.hidden = !known;
    if (!known) return;
    const all = untrainedAccuracy === null ? probes : [{step: 0, accuracy: untrainedAccuracy}, ...probes];
    this.probe.update([
      all.map(one => one.step), all.map(one => one.accuracy), all.map(() => untrainedAccuracy)]);
  }

  drawPhases(training) {
    const phases = training?.report.phases;
    if (!phases) return;
    this.mean ??= {...phases};
    for (const name of Object.keys(phases)) this.mean[name] += .2 * (phases[name] - this.mean[name]);
    const total = Object.values(this.mean).reduce((sum, nanos) => sum + nanos, 0);
    if (!(total > 0)) return;
    const colors = {waiting: 'line', batching: 'gray', augmenting: 'violet', forward: 'teal', loss: 'orange', backward: 'blue', update: 'good'};
    const names = Object.keys(phases).filter(name => this.mean[name] / total >= .005);
    this.phases.replaceChildren(
      element('div', {class: 'bar', role: 'img', 'aria-label': `Time of a step by phase: ${names.map(name => `${name} ${percent(this.mean[name] / total)}`).join(', ')}`},
        ...names.map(name => element('i', {style: {'--swatch': `var(--${colors[name]})`, width: `${100 * this.mean[name] / total}%`}, title: name}))),
      element('div', {class: 'legend', 'aria-hidden': 'true'}, ...names.map(name => element('span', {},
        element('i', {class: 'swatch', style: {'--swatch': `var(--${colors[name]})`}}), `${name} ${percent(this.mean[name] / total)}`))));
  }
}

/** The share of each bin; the last is repeated to close the last step of the plot. */
function shares(counts, bins) {
  if (!counts) return new Array((bins ?? 0) + 1).fill(null);
  const total = counts.reduce((sum, number) => sum + number, 0);
  const values = counts.map(number => total ? number / total : 0);
  return [...values, values[values.length - 1]];
}

/** The rate of a counter over the last seconds before each point. */
function perSecond({millis}, counter) {
  let from = 0;
  return counter.map((value, i) => {
    while (from < i && millis[i] - millis[from] > RATE_MILLIS) from++;
    // At least two points, even if one point covers more than those seconds.
    const start = Math.min(from, i - 1);
    if (start < 0 || millis[i] <= millis[start]) return null;
    return 1000 * (value - counter[start]) / (millis[i] - millis[start]);
  });
}
