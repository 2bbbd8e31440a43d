// Formats numbers and times, and creates elements.

/** An element with attributes and children; text is never parsed as markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === 'style') for (const [k, v] of Object.entries(value)) made.style.setProperty(k, v);
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A camera's id for display, with escapes for invisible characters and those that change the writing direction. */
export const shown = id => id.replace(hidden, character => `\\u{${character.codePointAt(0).toString(16)}}`);

/** Sets text only if it changes, which avoids flicker and repetition by screen readers. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

const integers = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const isNumber = value => typeof value === 'number' && Number.isFinite(value);

export const count = value => isNumber(value) ? integers.format(value) : '–';
export const decimals = (value, digits) => isNumber(value) ? value.toFixed(digits) : '–';
export const percent = value => isNumber(value) ? `${(100 * value).toFixed(value > 0 && value < .1 ? 1 : 0)} %` : '–';

/** Rates, with the significant digits only. */
export function rate(value) {
  if (!isNumber(value)) return '–';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function bytes(value) {
  const number = Number(value);
  if (!Number.isFinite(number)) return String(value);
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let power = 0;
  let left = number;
  while (left >= 1000 && power < units.length - 1) { left /= 1000; power++; }
  return `${left >= 100 || power === 0 ? left.toFixed(0) : left.toFixed(1)} ${units[power]}`;
}

const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const day = new Intl.DateTimeFormat('en-CA', {year: 'numeric', month: '2-digit', day: '2-digit'});

/** The time of day, preceded by the date unless that is today. */
export function moment(millis) {
  if (!isNumber(millis) || millis < 0) return '–';
  const date = new Date(millis);
  const today = day.format(new Date());
  return day.format(date) === today ? clock.format(date) : `${day.format(date)} ${clock.format(date)}`;
}

/** A duration in its two largest units. */
export function span(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The current value of a color of the style sheet. */
export const color = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const HUES = [212, 28, 152, 282, 48, 340, 188, 100, 0, 248, 72, 310];

/** The color of the n-th of several categories; readable on dark and on light. */
export function categorical(n) {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const round = Math.floor(n / HUES.length) % 2;
  const lightness = (dark ? 66 : 44) + (round ? (dark ? -16 : 16) : 0);
  return `hsl(${HUES[n % HUES.length]} ${dark ? 72 : 66}% ${lightness}%)`;
}

/** URL parameters of a frame, with camera and time, since a recreated topic holds other frames at the same offsets. */
export const identity = ({camera, millis}) => `camera=${encodeURIComponent(camera)}&millis=${millis}`;

/** The address of a frame's thumbnail. */
export const picture = (run, frame) => `api/frames/${frame.partition}/${frame.offset}.jpg?${identity(frame)}&run=${run}`;

/** A unique key of a frame. */
export const key = frame => `${frame.partition}/${frame.offset}/${frame.millis}/${frame.camera}`;
