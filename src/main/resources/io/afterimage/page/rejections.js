import {bytes, count, element, moment, setText, shown} from './format.js';

/** The latest rejected records with their reasons. */
export class Rejections {
  constructor(container, note) {
    this.container = container;
    this.note = note;
    this.shown = null;
  }

  update({rejected}) {
    const key = `${rejected.total}`;
    if (key === this.shown) return;
    this.shown = key;
    const reasons = Object.entries(rejected.reasons).map(([reason, number]) => `${count(number)} ${reason}`);
    setText(this.note, rejected.total === 0 ? 'none' : reasons.join(', '));
    if (rejected.latest.length === 0) {
      this.container.replaceChildren();
      return;
    }
    const rows = rejected.latest.map(record => element('tr', {},
      element('td', {}, moment(record.millis)),
      element('td', {}, shown(record.camera ?? '–')),
      element('td', {}, shown(record.reason)),
      element('td', {class: 'wide'}, shown(record.detail ?? '')),
      element('td', {}, bytes(record.bytes)),
      element('td', {}, record.place)));
    this.container.replaceChildren(element('div', {class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Latest rejected records'},
      element('table', {},
        element('thead', {}, element('tr', {}, ...['Rejected at', 'Camera', 'Reason', 'Detail', 'Size', 'Partition/offset']
          .map(title => element('th', {scope: 'col'}, title)))),
        element('tbody', {}, ...rows))));
  }
}
