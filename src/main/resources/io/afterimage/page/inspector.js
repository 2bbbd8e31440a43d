import {count, decimals, element, identity, key, moment, picture, shown} from './format.js';

const SHOWN = 8;

/** One frame and its nearest neighbors, by the encoder of the map and by the untrained one. */
export class Inspector {
  constructor({container, apart, marked}) {
    Object.assign(this, {container, apart, marked});
    this.current = null;
    this.request = 0;
    apart.addEventListener('change', () => this.current && this.show(this.current, this.state));
    this.clear();
  }

  clear() {
    this.current = null;
    this.request++;
    this.container.replaceChildren(element('p', {class: 'hint muted'},
      'Choose a frame on the map, by click or with arrow keys and Enter, to see its nearest neighbors by the encoder.'));
    this.marked(null, []);
  }

  /** @param frame {encoder, camera, millis, partition, offset} */
  async show(frame, state) {
    this.current = frame;
    this.state = state;
    const mine = ++this.request;
    const query = `encoder=${frame.encoder}&${identity(frame)}&partition=${frame.partition}&offset=${frame.offset}&count=${SHOWN}&apart=${this.apart.checked}`;
    const now = await load(`api/neighbours?${query}`);
    if (mine !== this.request) return;
    if (!now) {
      this.container.replaceChildren(element('p', {class: 'hint muted', role: 'status'},
        'This frame is no longer in memory: newer ones have replaced it. Choose another.'));
      this.marked(null, []);
      return;
    }
    const untrained = element('section', {class: 'near'});
    this.container.replaceChildren(this.head(now.frame), this.list(now, `By the encoder of step ${count(now.step)}`), untrained);
    this.marked(key(frame), now.neighbours.map(key));
    if (state.untrainedEncoder && now.step > 0) {
      untrained.append(element('p', {class: 'muted'}, 'Asking the untrained encoder …'));
      const before = await load(`api/neighbours?${query}&by=untrained`);
      if (mine !== this.request) return;
      untrained.replaceWith(before ? this.list(before, 'By the untrained encoder') : '');
    }
  }

  head(frame) {
    return element('div', {class: 'chosen'},
      element('img', {src: picture(this.state.run, frame), alt: `The chosen frame, of ${shown(frame.camera)}`}),
      element('dl', {},
        element('dt', {}, 'Camera'), element('dd', {}, shown(frame.camera)),
        element('dt', {}, 'Captured'), element('dd', {}, moment(frame.millis)),
        ...(frame.objectClass === null ? [] : [element('dt', {}, 'Shows'), element('dd', {}, `class ${frame.objectClass}`)]),
        element('dt', {}, 'Record'), element('dd', {}, `${frame.partition}/${frame.offset}`)));
  }

  list({frame, neighbours, among}, title) {
    const known = frame.objectClass !== null;
    const same = neighbours.filter(one => one.objectClass === frame.objectClass).length;
    const sameCamera = neighbours.filter(one => one.camera === frame.camera).length;
    return element('section', {class: 'near'},
      element('h3', {}, title, ' ', element('span', {class: 'muted'},
        `${known ? `${same} of ${neighbours.length} of its class, ` : ''}${sameCamera} of its camera; among ${count(among)}`)),
      element('ol', {class: 'neighbours'}, ...neighbours.map(one => this.card(one, frame))));
  }

  card(one, frame) {
    const known = one.objectClass !== null && frame.objectClass !== null;
    const button = element('button', {
      type: 'button', class: 'neighbour', 'data-match': known ? String(one.objectClass === frame.objectClass) : null,
      'aria-label': `Similarity ${decimals(one.similarity, 2)}, ${shown(one.camera)}, ${moment(one.millis)}${known ? `, class ${one.objectClass}` : ''}. Show its neighbors.`,
    },
      element('img', {src: picture(this.state.run, one), alt: '', loading: 'lazy'}),
      element('span', {class: 'similarity'}, decimals(one.similarity, 2)),
      element('span', {class: 'muted'}, shown(one.camera)),
      element('span', {class: 'muted'}, moment(one.millis).slice(-8)));
    button.addEventListener('click', () => {
      this.show({...one, encoder: this.current.encoder}, this.state)
        .then(() => this.container.querySelector('.neighbour')?.focus());
    });
    return element('li', {}, button);
  }
}

async function load(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
