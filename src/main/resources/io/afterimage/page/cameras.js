import {categorical, count, element, moment, picture, rate, setText, span} from './format.js';

const SILENT_MILLIS = 10_000;
const PICTURES_PER_SECOND = 16;

/** The cameras: latest frame, rate, capture time. Only what is in view is fetched. */
export class Cameras {
  constructor(list, note) {
    this.list = list;
    this.note = note;
    this.cards = new Map();
    this.order = new Map();
    this.inView = new Set();
    this.watcher = new IntersectionObserver(entries => {
      for (const entry of entries) {
        if (entry.isIntersecting) this.inView.add(entry.target);
        else this.inView.delete(entry.target);
      }
    }, {rootMargin: '100px'});
  }

  /** The number of a camera, the same as long as the page is open. */
  number(camera) {
    if (!this.order.has(camera)) this.order.set(camera, this.order.size);
    return this.order.get(camera);
  }

  update(state) {
    const {cameras, run} = state;
    setText(this.note, cameras.length === 0
      ? 'no frame has come yet'
      : `${count(cameras.length)}, ${rate(state.framesPerSecond)} frames/s published`);
    const seen = new Set();
    for (const camera of cameras) {
      seen.add(camera.camera);
      const card = this.card(camera.camera);
      const silent = camera.silentMillis > SILENT_MILLIS;
      card.item.toggleAttribute('data-silent', silent);
      setText(card.rate, silent ? `silent for ${span(camera.silentMillis)}` : `${rate(camera.perSecond)} frames/s`);
      setText(card.time, moment(camera.captureMillis));
      this.show(card, picture(run, {...camera, millis: camera.captureMillis}));
    }
    for (const [id, card] of this.cards) {
      if (!seen.has(id)) {
        this.watcher.unobserve(card.item);
        this.inView.delete(card.item);
        card.item.remove();
        this.cards.delete(id);
      }
    }
  }

  show(card, address) {
    const now = performance.now();
    const interval = Math.max(900, 1000 * this.inView.size / PICTURES_PER_SECOND);
    const first = !card.image.hasAttribute('src');
    if (card.address === address || document.hidden) return;
    if (first || this.inView.has(card.item) && now - card.shown >= interval) {
      card.address = address;
      card.shown = now;
      card.image.src = address;
    }
  }

  card(id) {
    const known = this.cards.get(id);
    if (known) return known;
    const card = {
      image: element('img', {alt: `Latest frame of ${id}`, loading: 'eager'}),
      rate: element('div', {class: 'rate'}),
      time: element('div', {class: 'rate', title: 'capture time'}),
      shown: 0, address: null,
    };
    card.item = element('li', {class: 'camera', 'data-camera': id}, card.image,
      element('div', {class: 'name', title: id},
        element('i', {class: 'swatch', style: {'--swatch': categorical(this.number(id))}}), id),
      card.rate, card.time);
    this.cards.set(id, card);
    const after = [...this.cards.keys()].sort((a, b) => a.localeCompare(b, 'en', {numeric: true}));
    const next = after[after.indexOf(id) + 1];
    this.list.insertBefore(card.item, next ? this.cards.get(next).item : null);
    this.watcher.observe(card.item);
    return card;
  }
}
