import {categorical, count, element, moment, picture, rate, setText, shown, span} from './format.js';

const SILENT_MILLIS = 10_000;
const PICTURES_PER_SECOND = 16;
const SEARCHED_FROM = 12;

/** The cameras: latest frame, rate, capture time. Only pictures in view are fetched. */
export class Cameras {
  constructor(list, note, search) {
    this.list = list;
    this.note = note;
    this.search = search;
    search.addEventListener('input', () => this.update(this.state));
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

  /** The number of a camera, constant while the page is open. */
  number(camera) {
    if (!this.order.has(camera)) this.order.set(camera, this.order.size);
    return this.order.get(camera);
  }

  update(state) {
    this.state = state;
    const wanted = this.search.value.trim();
    this.search.hidden = state.cameras.held <= SEARCHED_FROM && wanted === '';
    if (wanted === '') this.draw(state.cameras, wanted);
    else this.find(wanted);
  }

  /** Searches on the server, which holds more cameras than it sends. */
  async find(wanted) {
    if (this.asked === wanted) return;
    this.asked = wanted;
    try {
      const answer = await fetch(`api/cameras?search=${encodeURIComponent(wanted)}`);
      const found = answer.ok ? await answer.json() : null;
      if (found && wanted === this.search.value.trim()) this.draw(found, wanted);
    } catch {
      // The banner shows that the server does not answer; the next state triggers the next try.
    } finally {
      if (this.asked === wanted) this.asked = null;
    }
  }

  describe({held, full, matching, shown: {length}}, wanted) {
    const all = `${full ? 'more than ' : ''}${count(held)} ${held === 1 ? 'camera' : 'cameras'}`;
    const published = `${rate(this.state.framesPerSecond)} frames/s published`;
    if (held === 0) return 'no frames yet';
    if (wanted !== '') {
      return `${count(matching)} of ${all} ${matching === 1 ? 'matches' : 'match'}${length < matching ? `, ${count(length)} shown` : ''}`;
    }
    return full || length < held ? `${count(length)} of ${all} shown, ${published}` : `${count(held)}, ${published}`;
  }

  draw(found, wanted) {
    const {run} = this.state;
    setText(this.note, this.describe(found, wanted));
    const seen = new Set();
    for (const camera of found.shown) {
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
      image: element('img', {alt: `Latest frame of ${shown(id)}`, loading: 'eager'}),
      rate: element('div', {class: 'rate'}),
      time: element('div', {class: 'rate', title: 'capture time'}),
      shown: 0, address: null,
    };
    card.item = element('li', {class: 'camera', 'data-camera': id}, card.image,
      element('div', {class: 'name', title: shown(id)},
        element('i', {class: 'swatch', style: {'--swatch': categorical(this.number(id))}}), shown(id)),
      card.rate, card.time);
    this.cards.set(id, card);
    const after = [...this.cards.keys()].sort((a, b) => a.localeCompare(b, 'en', {numeric: true}));
    const next = after[after.indexOf(id) + 1];
    this.list.insertBefore(card.item, next ? this.cards.get(next).item : null);
    this.watcher.observe(card.item);
    return card;
  }
}
