import {Cameras} from './cameras.js';
import {Curves} from './curves.js';
import {Explorer} from './explorer.js';
import {count, element, setText, span} from './format.js';
import {Rejections} from './rejections.js';
import {Tiles} from './tiles.js';

const byId = id => document.getElementById(id);
const STALLED_MILLIS = 20_000;

const tiles = new Tiles(byId('tiles'));
const curves = new Curves(byId('charts'));
const cameras = new Cameras(byId('cameras'), byId('cameras-note'), byId('cameras-search'));
const rejections = new Rejections(byId('rejected'), byId('rejected-note'));
const explorer = new Explorer(byId('explorer'), camera => cameras.number(camera));

let lastNews = 0;
let drawn = null;

function showStatus(kind, text) {
  byId('status').dataset.state = kind;
  setText(byId('status-text'), text);
}

function showBanner(text) {
  byId('banner').hidden = !text;
  setText(byId('banner'), text ?? '');
}

function status(state) {
  const training = state.training;
  const age = training ? state.now - training.millis : 0;
  if (!training) {
    showStatus('waiting', state.cameras.held ? 'waiting for the first step' : 'waiting for the first frame');
  } else if (age > STALLED_MILLIS) {
    showStatus('waiting', `no step for ${span(age)}`);
  } else {
    showStatus('live', `learning, step ${count(training.report.step)}`);
  }
  const unreachable = state.sources.find(source => source.status === 'UNREACHABLE');
  showBanner(unreachable ? `Kafka cannot be read: ${unreachable.problem}. The data shown may be outdated.` : null);
}

function sources(state) {
  byId('sources').replaceChildren(
    element('li', {}, `Kafka ${state.brokers}`),
    ...state.sources.map(source => element('li', {'data-status': source.status},
      source.status === 'READING'
        ? `${source.topic}: ${count(source.records)} records read${source.skipped ? `, ${count(source.skipped)} skipped` : ''}`
        : source.status === 'CONNECTING' ? `${source.topic}: connecting` : `${source.topic}: ${source.problem}`)));
}

function show(state) {
  drawn = state;
  setText(byId('title'), state.title);
  document.title = state.training ? `Step ${count(state.training.report.step)} – Afterimage` : 'Afterimage';
  status(state);
  tiles.update(state);
  cameras.update(state);
  rejections.update(state);
  sources(state);
  explorer.update(state);
  if (!document.hidden) curves.update(state);
}

function connect() {
  const events = new EventSource('api/events');
  events.addEventListener('points', event => {
    lastNews = performance.now();
    curves.addPoints(JSON.parse(event.data));
  });
  events.addEventListener('state', event => {
    lastNews = performance.now();
    show(JSON.parse(event.data));
  });
  events.addEventListener('error', () => {
    // A stream that ends after some minutes is reopened within seconds; no need to report that.
    if (performance.now() - lastNews > 5000 || events.readyState === EventSource.CLOSED) lost();
    if (events.readyState === EventSource.CLOSED) {
      events.close();
      setTimeout(connect, 3000);
    }
  });
}

function lost() {
  showStatus('lost', 'disconnected');
  showBanner(`The page's server does not answer; trying again. ${drawn ? 'The page shows the last known state.' : ''}`);
}

setInterval(() => {
  if (performance.now() - lastNews > 8000) lost();
}, 2000);

document.addEventListener('visibilitychange', () => {
  if (!document.hidden && drawn) curves.update(drawn);
});

connect();
