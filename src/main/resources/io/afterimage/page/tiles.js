import {bytes, count, decimals, element, percent, rate, setText} from './format.js';

/** The key figures of training. */
export class Tiles {
  constructor(container) {
    this.container = container;
    this.tiles = new Map();
  }

  update(state) {
    const {training, rejected, classPrior, untrainedAccuracy, probes} = state;
    const report = training?.report;
    const prior = report?.prior;
    // A barely trained encoder embeds all frames similarly, which is not a collapse.
    const collapsed = report?.step > 200 && report.embeddingSpread < .3;
    this.set('Step', count(report?.step),
      training ? `${rate(training.stepsPerSecond)} steps/s` : '');
    this.set('Loss', decimals(report?.loss, 3),
      training?.skippedSteps > 0 ? `${count(training.skippedSteps)} steps skipped` : '',
      training?.skippedSteps > 0 ? 'warn' : null);
    const name = prior?.meaning === 'CLASS_PRIOR' ? 'Class prior τ⁺' : 'Effective prior τ⁺';
    this.set('Prior', decimals(prior?.value, 3),
      !prior ? '' : !prior.identified ? 'not identified yet'
        : classPrior !== null ? `true class prior ${decimals(classPrior, 3)}`
          : prior.lower !== null && prior.upper !== null ? `${decimals(prior.lower, 3)} to ${decimals(prior.upper, 3)}` : '',
      null, name);
    if (untrainedAccuracy !== null || probes.length > 0) {
      this.set('Probe', decimals(probes.at(-1)?.accuracy, 3),
        untrainedAccuracy === null ? '' : `untrained ${decimals(untrainedAccuracy, 3)}`);
    }
    this.set('Spread', decimals(report?.embeddingSpread, 3),
      collapsed ? 'near collapse' : '', collapsed ? 'bad' : null);
    this.set('Clamped', percent(report?.clampedFraction),
      report?.clampedFraction > .9 ? 'no longer separates' : report ? 'of anchors' : '',
      report?.clampedFraction > .9 ? 'warn' : null);
    this.set('Frames seen', count(report?.framesSeen),
      training ? `${rate(training.framesPerSecond)} frames/s` : '');
    this.set('Memory', percent(report?.memoryFill),
      report && report.replayAgeMillis !== null ? `replay ${age(report.replayAgeMillis)} old` : '');
    this.setCluster(state.prometheus);
    this.set('Rejected', count(rejected.total), rejected.total > 0 ? 'records' : '',
      rejected.total > 0 ? 'warn' : null);
  }

  setCluster(prometheus) {
    if (!prometheus) return;
    const {numbers, problem} = prometheus;
    const note = problem ? 'no Prometheus data' : '';
    this.set('Lag', count(numbers.lagRecords), note || 'records waiting');
    this.set('Checkpoint', numbers.checkpointAgeSeconds === undefined ? '–' : age(1000 * numbers.checkpointAgeSeconds), note || 'since the last');
    this.set('Process', numbers.residentBytes === undefined ? '–' : bytes(numbers.residentBytes), note || `${count(numbers.restarts)} restarts`);
  }

  set(key, value, note, level = null, label = key) {
    let tile = this.tiles.get(key);
    if (!tile) {
      tile = {label: element('dt'), value: element('dd', {class: 'value'}), note: element('dd', {class: 'note'})};
      tile.root = element('dl', {class: 'tile', 'data-tile': key}, tile.label, tile.value, tile.note);
      this.tiles.set(key, tile);
      this.container.append(tile.root);
    }
    setText(tile.label, label);
    setText(tile.value, value);
    setText(tile.note, note);
    if (level) tile.root.setAttribute('data-level', level);
    else tile.root.removeAttribute('data-level');
  }
}

function age(millis) {
  const seconds = millis / 1000;
  return seconds < 90 ? `${seconds.toFixed(0)} s` : seconds < 5400 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
