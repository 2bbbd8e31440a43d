import {categorical, color, element, key, moment, picture, shown} from './format.js';

const REACH = 26; // pixels from a point at which a pointer still means it
const CELL = 58; // at most one picture in a square of so many pixels
const PICTURE = 46;

/** The i-th frame of the server's map. */
const frameAt = (map, i) => ({
  camera: map.cameras[map.camera[i]], millis: map.millis[i], partition: map.partition[i], offset: map.offset[i],
});

/**
 * The map of recent frames: frames with similar embeddings are near each other. Hovering or the arrow
 * keys highlight a frame, click or Enter chooses it.
 */
export class FrameMap {
  constructor({canvas, tip, spoken, choose}) {
    Object.assign(this, {canvas, tip, spoken, choose});
    this.context = canvas.getContext('2d');
    this.frames = null;
    this.positions = null;
    this.pictures = new Map();
    this.look = 'pictures';
    this.colorBy = 'camera';
    this.hovered = -1;
    this.chosen = null;
    this.near = [];
    this.view = null;
    this.colors = new Map();
    this.worker = new Worker('layout.js');
    this.worker.onmessage = event => this.settled(event.data);
    this.task = 0;
    new ResizeObserver(() => this.requestDraw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.requestDraw());
    canvas.addEventListener('pointermove', event => this.hover(this.at(event)));
    canvas.addEventListener('pointerleave', () => this.hover(-1));
    canvas.addEventListener('click', event => {
      const found = this.at(event);
      if (found >= 0) this.pick(found);
    });
    canvas.addEventListener('keydown', event => this.key(event));
    canvas.addEventListener('blur', () => this.hover(-1));
  }

  /**
   * @param map the server's frames and vectors
   * @param run part of the pictures' addresses
   * @param numberOf a camera's number, for its color
   */
  show(map, run, numberOf) {
    const count = map.millis.length;
    const keys = map.millis.map((_, i) => key(frameAt(map, i)));
    const before = new Map(this.frames ? this.frames.keys.map((key, i) => [key, i]) : []);
    const positions = new Float32Array(2 * count).fill(NaN);
    if (this.positions) {
      keys.forEach((key, i) => {
        const old = before.get(key);
        if (old !== undefined) {
          positions[2 * i] = this.positions[2 * old];
          positions[2 * i + 1] = this.positions[2 * old + 1];
        }
      });
    }
    this.frames = {...map, keys, run, numbers: map.cameras.map(numberOf)};
    this.positions = positions;
    this.hovered = -1;
    this.canvas.removeAttribute('data-settled');
    this.canvas.dataset.encoder = map.encoder;
    const bytes = Int8Array.from(atob(map.vectors), char => char.charCodeAt(0) << 24 >> 24);
    this.task++;
    this.worker.postMessage({id: this.task, keys, bytes, dimension: map.dimension, cameras: map.camera.map(i => map.cameras[i])});
    this.requestDraw();
  }

  settled({id, positions, settled}) {
    if (id !== this.task) return;
    this.positions = positions;
    this.canvas.toggleAttribute('data-settled', settled);
    this.requestDraw();
  }

  /** The keys of the chosen frame and of its neighbors. */
  mark(key, near) {
    this.chosen = key;
    this.near = near;
    this.requestDraw();
  }

  set(name, value) {
    this[name] = value;
    this.requestDraw();
  }

  colorOf(i) {
    const frames = this.frames;
    if (this.colorBy === 'class') {
      const known = frames.objectClass[i];
      return known === null ? color('gray') : categorical(known);
    }
    return categorical(frames.numbers[frames.camera[i]]);
  }

  requestDraw() {
    if (this.requested) return;
    this.requested = true;
    requestAnimationFrame(() => { this.requested = false; this.draw(); });
  }

  /** Moves the displayed positions smoothly toward the points. */
  fit(width, height) {
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < this.positions.length; i += 2) {
      if (Number.isNaN(this.positions[i])) continue;
      left = Math.min(left, this.positions[i]); right = Math.max(right, this.positions[i]);
      top = Math.min(top, this.positions[i + 1]); bottom = Math.max(bottom, this.positions[i + 1]);
    }
    if (left > right) return false;
    const wanted = {x: (left + right) / 2, y: (top + bottom) / 2,
      scale: Math.min((width - 72) / Math.max(1e-6, right - left), (height - 72) / Math.max(1e-6, bottom - top))};
    const follow = this.view ? .25 : 1;
    this.view ??= wanted;
    let still = true;
    for (const name of ['x', 'y', 'scale']) {
      const step = follow * (wanted[name] - this.view[name]);
      this.view[name] += step;
      if (Math.abs(step) > 1e-3 * Math.abs(wanted.scale ? wanted[name] || 1 : 1)) still = false;
    }
    if (!still) this.requestDraw();
    return true;
  }

  place(i) {
    return [
      this.canvas.clientWidth / 2 + (this.positions[2 * i] - this.view.x) * this.view.scale,
      this.canvas.clientHeight / 2 + (this.positions[2 * i + 1] - this.view.y) * this.view.scale,
    ];
  }

  draw() {
    const {canvas, context} = this;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (!this.frames || !this.positions || !this.fit(width, height)) return;
    const count = this.frames.keys.length;
    const near = new Set(this.near);
    const hasChoice = near.size > 0 && this.frames.keys.includes(this.chosen);
    const inPicture = this.look === 'pictures' ? this.drawPictures(width, height, hasChoice ? near : null) : new Set();
    let chosen = -1;
    for (let i = 0; i < count; i++) {
      if (Number.isNaN(this.positions[2 * i])) continue;
      const key = this.frames.keys[i];
      if (key === this.chosen) chosen = i;
      if (inPicture.has(i)) continue;
      const [x, y] = this.place(i);
      context.globalAlpha = hasChoice && !near.has(key) && key !== this.chosen ? .28 : .9;
      context.fillStyle = this.colorOf(i);
      context.beginPath();
      context.arc(x, y, this.look === 'pictures' ? 2.6 : 4, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
    if (chosen >= 0) this.drawChosen(chosen);
    if (this.hovered >= 0) this.ring(this.hovered, color('text'), 7, 2);
  }

  drawChosen(chosen) {
    const {context} = this;
    const index = new Map(this.frames.keys.map((key, i) => [key, i]));
    const [x, y] = this.place(chosen);
    context.strokeStyle = color('accent');
    context.lineWidth = 1.2;
    for (const key of this.near) {
      const i = index.get(key);
      if (i === undefined) continue;
      const [toX, toY] = this.place(i);
      context.globalAlpha = .7;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(toX, toY);
      context.stroke();
      context.globalAlpha = 1;
      this.ring(i, color('accent'), 5.5, 1.6);
    }
    this.ring(chosen, color('accent'), 9, 3);
  }

  ring(i, stroke, radius, width) {
    const [x, y] = this.place(i);
    this.context.strokeStyle = stroke;
    this.context.lineWidth = width;
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.context.stroke();
  }

  /** At most one picture per square of the map; other frames stay points. */
  drawPictures(width, height, near) {
    const {context} = this;
    const taken = new Map();
    for (let i = 0; i < this.frames.keys.length; i++) {
      if (Number.isNaN(this.positions[2 * i])) continue;
      const [x, y] = this.place(i);
      const column = Math.floor(x / CELL);
      const row = Math.floor(y / CELL);
      const cell = `${column}/${row}`;
      const distance = Math.hypot(x - (column + .5) * CELL, y - (row + .5) * CELL);
      // Frames that have a picture keep it, to avoid flicker.
      const key = this.frames.keys[i];
      const wanted = key === this.chosen || near?.has(key);
      const score = distance - (this.pictured?.has(key) ? 12 : 0) - (wanted ? 1000 : 0);
      if (!taken.has(cell) || score < taken.get(cell).score) taken.set(cell, {i, x, y, score});
    }
    const drawn = new Set();
    for (const {i, x, y} of taken.values()) {
      const image = this.picture(this.frames.keys[i], i);
      if (!image) continue;
      const side = PICTURE / Math.max(image.naturalWidth, image.naturalHeight);
      const w = image.naturalWidth * side;
      const h = image.naturalHeight * side;
      const faded = near && !near.has(this.frames.keys[i]) && this.frames.keys[i] !== this.chosen;
      context.globalAlpha = faded ? .3 : 1;
      context.fillStyle = this.colorOf(i);
      context.fillRect(x - w / 2 - 2, y - h / 2 - 2, w + 4, h + 4);
      context.drawImage(image, x - w / 2, y - h / 2, w, h);
      drawn.add(i);
    }
    this.pictured = new Set([...taken.values()].map(({i}) => this.frames.keys[i]));
    context.globalAlpha = 1;
    return drawn;
  }

  /** A frame's picture, once loaded. */
  picture(key, i) {
    const address = picture(this.frames.run, frameAt(this.frames, i));
    const known = this.pictures.get(address);
    if (known) return known.complete && known.naturalWidth > 0 ? known : null;
    if (this.pictures.size > 600) this.pictures.delete(this.pictures.keys().next().value);
    const image = new Image();
    image.onload = () => this.requestDraw();
    image.src = address;
    this.pictures.set(address, image);
    return null;
  }

  /** The frame under the pointer; -1 if none. */
  at(event) {
    if (!this.frames || !this.view || !this.positions) return -1;
    const box = this.canvas.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    let best = -1;
    let least = REACH;
    for (let i = 0; i < this.frames.keys.length; i++) {
      const [px, py] = this.place(i);
      const distance = Math.hypot(px - x, py - y);
      if (distance < least) { least = distance; best = i; }
    }
    return best;
  }

  hover(i) {
    if (i === this.hovered && this.tip.hidden === i < 0) return;
    this.hovered = i;
    this.requestDraw();
    this.tip.hidden = i < 0;
    if (i < 0) return;
    const {frames} = this;
    const camera = shown(frames.cameras[frames.camera[i]]);
    const known = frames.objectClass[i];
    this.tip.replaceChildren(
      element('img', {src: picture(frames.run, frameAt(frames, i)), alt: ''}),
      element('div', {}, element('b', {}, camera), element('br'), moment(frames.millis[i]),
        known === null ? null : element('br'), known === null ? null : `class ${known}`));
    const [x, y] = this.place(i);
    const beside = x < this.canvas.clientWidth / 2 ? x + 16 : x - 16 - this.tip.offsetWidth;
    this.tip.style.left = `${Math.max(4, Math.min(this.canvas.clientWidth - this.tip.offsetWidth - 4, beside))}px`;
    this.tip.style.top = `${Math.max(4, Math.min(this.canvas.clientHeight - 130, y - 50))}px`;
    if (document.activeElement === this.canvas) {
      this.spoken.textContent = `${camera}, ${moment(frames.millis[i])}${known === null ? '' : `, class ${known}`}`;
    }
  }

  pick(i) {
    this.canvas.style.cursor = '';
    this.choose({...frameAt(this.frames, i), encoder: this.frames.encoder});
  }

  key(event) {
    const arrows = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
    if (!this.frames || !this.view) return;
    if (arrows[event.key]) {
      event.preventDefault();
      this.hover(this.next(...arrows[event.key]));
    } else if ((event.key === 'Enter' || event.key === ' ') && this.hovered >= 0) {
      event.preventDefault();
      this.pick(this.hovered);
    } else if (event.key === 'Escape') {
      this.hover(-1);
      this.choose(null);
    }
  }

  /** The nearest frame in a direction; without a current frame, the one in the middle. */
  next(dx, dy) {
    const start = this.hovered >= 0 ? this.hovered : this.frames.keys.indexOf(this.chosen);
    const [x, y] = start >= 0 ? this.place(start) : [this.canvas.clientWidth / 2, this.canvas.clientHeight / 2];
    let best = start;
    let least = Infinity;
    for (let i = 0; i < this.frames.keys.length; i++) {
      if (i === start) continue;
      const [px, py] = this.place(i);
      const along = (px - x) * dx + (py - y) * dy;
      const across = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
      const cost = start < 0 ? Math.hypot(px - x, py - y) : along > 1 && across <= 2 * along ? along + 2 * across : Infinity;
      if (cost < least) { least = cost; best = i; }
    }
    return best;
  }
}
