import {categorical, count, element, setText, shown} from './format.js';
import {Inspector} from './inspector.js';
import {FrameMap} from './map.js';

const REFRESH_MILLIS = 8000;

/** The map with its controls: encoder, meaning of colors, pictures or points. */
export class Explorer {
  constructor(root, numberOf) {
    const find = name => root.querySelector(`[data-part=${name}]`);
    this.numberOf = numberOf;
    this.slider = find('slider');
    this.stepText = find('step');
    this.nowButton = find('now');
    this.empty = find('empty');
    this.legend = find('legend');
    this.colors = find('colors');
    this.following = true;
    this.map = new FrameMap({
      canvas: find('canvas'), tip: find('tip'), spoken: find('spoken'),
      choose: frame => frame ? this.hold(frame) : this.letGo(),
    });
    this.inspector = new Inspector({
      container: find('inspector'), apart: find('apart'),
      marked: (key, near) => this.map.mark(key, near),
    });
    this.slider.addEventListener('input', () => {
      const at = Number(this.slider.value);
      this.following = at === this.encoders.length - 1;
      this.wanted = this.encoders[at].encoder;
      this.describe();
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.load(), 150);
    });
    this.nowButton.addEventListener('click', () => {
      this.following = true;
      this.update(this.state);
      this.load();
    });
    for (const radio of root.querySelectorAll('input[name=color]')) {
      radio.addEventListener('change', () => this.colorBy(radio.value));
    }
    for (const radio of root.querySelectorAll('input[name=look]')) {
      radio.addEventListener('change', () => this.map.set('look', radio.value));
    }
    this.encoders = [];
    this.loaded = 0;
    this.shown = null;
  }

  /** Shows a frame's neighbors; the map keeps the encoder that found them. */
  hold(frame) {
    this.following = false;
    this.wanted = frame.encoder;
    this.update(this.state);
    this.inspector.show(frame, this.state);
  }

  letGo() {
    this.inspector.clear();
    this.nowButton.click();
  }

  colorBy(what) {
    this.map.set('colorBy', what);
    this.drawLegend();
  }

  update(state) {
    this.state = state;
    this.encoders = state.encoders;
    const source = state.sources.find(one => one.role === 'embeddings');
    const none = this.encoders.length === 0;
    this.empty.hidden = this.shown !== null;
    setText(this.empty, source?.status === 'MISSING'
      ? `There is no topic of embeddings (${source.topic}).`
      : 'waiting for the first embeddings');
    this.slider.disabled = this.encoders.length < 2;
    if (none) return;
    if (this.following || !this.encoders.some(one => one.encoder === this.wanted)) {
      this.following = true;
      this.wanted = this.encoders.at(-1).encoder;
    }
    this.slider.max = this.encoders.length - 1;
    this.slider.value = this.encoders.findIndex(one => one.encoder === this.wanted);
    this.describe();
    const due = performance.now() - this.loaded > REFRESH_MILLIS;
    if (!document.hidden && (this.shown === null || this.following && due)) this.load();
  }

  describe() {
    const at = this.encoders.findIndex(one => one.encoder === this.wanted);
    const {step} = this.encoders[at];
    const newest = at === this.encoders.length - 1;
    const text = `${step === 0 ? 'untrained' : `step ${count(step)}`}${newest ? ', the newest' : ''}`;
    setText(this.stepText, text);
    this.slider.setAttribute('aria-valuetext', text);
    this.nowButton.disabled = this.following;
  }

  async load() {
    const wanted = this.wanted;
    if (!wanted || this.loading === wanted) return;
    this.loading = wanted;
    this.loaded = performance.now();
    try {
      const answer = await fetch(`api/map?encoder=${wanted}`);
      const map = answer.ok ? await answer.json() : null;
      if (map && wanted === this.wanted) {
        if (this.shown !== map.encoder && this.inspector.current) this.inspector.clear();
        this.shown = map.encoder;
        this.frames = map;
        this.empty.hidden = true;
        const known = map.objectClass.some(one => one !== null);
        if (known && this.colors.hidden) {
          this.colors.querySelector('[value=class]').checked = true;
          this.map.colorBy = 'class';
        }
        this.colors.hidden = !known;
        this.map.show(map, this.state.run, this.numberOf);
        this.drawLegend();
      }
    } catch {
      // The banner shows that the server does not answer; the next state triggers the next try.
    } finally {
      this.loading = null;
    }
    if (this.wanted !== wanted) this.load();
  }

  drawLegend() {
    if (!this.frames) return;
    const byClass = this.map.colorBy === 'class';
    const entries = byClass
      ? [...new Set(this.frames.objectClass.filter(one => one !== null))].sort((a, b) => a - b)
        .map(one => [`class ${one}`, categorical(one)])
      : this.frames.cameras.map(one => [shown(one), categorical(this.numberOf(one))])
        .sort(([a], [b]) => a.localeCompare(b, 'en', {numeric: true}));
    this.legend.replaceChildren(
      ...entries.slice(0, 16).map(([name, swatch]) => element('span', {},
        element('i', {class: 'swatch round', style: {'--swatch': swatch}}), name)),
      entries.length > 16 ? element('span', {}, `and ${entries.length - 16} more`) : '',
      element('span', {class: 'count'}, `${count(this.frames.millis.length)} frames`));
  }
}
