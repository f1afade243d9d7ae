// Numbers, times and sizes as the design's section 8 has them.
const NB = '\u00a0';
const grouped = new Intl.NumberFormat('en-US');
const significant = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const minus = (text) => text.replace('-', '\u2212');

let utc = false;
export const setUtc = (on) => { utc = on; };
export const isUtc = () => utc;

/** A count: 1,234; above a million 5.68 M. */
export function count(n) {
  if (n == null) return '\u2013';
  if (Math.abs(n) >= 1e9) return minus(significant.format(n / 1e9)) + NB + 'G';
  if (Math.abs(n) >= 1e6) return minus(significant.format(n / 1e6)) + NB + 'M';
  return minus(grouped.format(n));
}

export const exact = (n) => (n == null ? '' : grouped.format(n));

/** A measured value: decimals as they came, at most three. */
export function value(v) {
  if (v == null) return '\u2013';
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  if (typeof v === 'number') {
    const size = Math.abs(v);
    if (size >= 1e15 || (size > 0 && size < 0.0005)) return minus(v.toPrecision(4).replace(/\.?0+(e|$)/, '$1').replace('e+', 'e'));
    return minus(new Intl.NumberFormat('en-US', { maximumFractionDigits: 3, useGrouping: Math.abs(v) >= 1000 }).format(v));
  }
  return typeof v === 'string' ? v : JSON.stringify(v);
}

export function rate(perSecond) {
  if (perSecond == null) return '\u2013';
  const short = (n) => (n >= 100 ? Math.round(n) : n >= 10 ? n.toFixed(1) : n.toFixed(1)).toString().replace(/\.0$/, '');
  if (perSecond === 0) return '0/s';
  if (perSecond >= 0.95) return grouped.format(Number(short(perSecond))) + '/s';
  if (perSecond * 60 >= 0.095) return short(perSecond * 60) + '/min';
  return short(Math.max(perSecond * 3600, 0.1)) + '/h';
}

export function ms(n) {
  if (n == null) return '\u2013';
  if (n >= 10000) return duration(n / 1000);
  return (n >= 100 ? grouped.format(Math.round(n)) : n.toFixed(1)) + NB + 'ms';
}

/** Seconds as 0.4 s, 12 s, 2 min 14 s, 15 h 32 min, 2 d 4 h; `short` leaves out the second part. */
export function duration(seconds, short = false) {
  if (seconds == null || !isFinite(seconds)) return '\u2013';
  const s = Math.max(0, seconds);
  if (s < 9.95) return s.toFixed(1) + NB + 's';
  if (s < 60) return Math.round(s) + NB + 's';
  const parts = (a, b, big, small, n = 1) =>
    `${a}${NB}${big}` + (short || !b || a >= 10 * n ? '' : ` ${b}${NB}${small}`);
  if (s < 3600) return parts(Math.floor(s / 60), Math.floor(s % 60), 'min', 's');
  if (s < 86400) return parts(Math.floor(s / 3600), Math.floor((s % 3600) / 60), 'h', 'min', 3);
  return parts(Math.floor(s / 86400), Math.floor((s % 86400) / 3600), 'd', 'h', 3);
}

/** How old something is, in whole seconds: what changes four times a second is not shown so often. */
export const age = (seconds, short = true) => (seconds == null ? '\u2013' : seconds < 1 ? `<${NB}1${NB}s` : seconds < 10 ? Math.floor(seconds) + NB + 's' : duration(seconds, short));

/** A sentence of the server with its instants as the page writes them. */
export const readable = (text) => String(text ?? '').replace(/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/g, (instant) => time(instant));

export function bytes(n) {
  if (n == null) return '\u2013';
  for (const [unit, size] of [['GB', 1e9], ['MB', 1e6], ['KB', 1e3]]) {
    if (n >= size) return significant.format(n / size) + NB + unit;
  }
  return n + NB + 'B';
}

export const money = (n) => (n == null ? '\u2013' : minus(Number(n).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })));
export const signed = (n, text) => (n > 0 ? '+' : n < 0 ? '\u2212' : '') + text.replace(/^[\u2212-]/, '');

const pad = (n, width = 2) => String(n).padStart(width, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const part = (date) => utc
  ? { y: date.getUTCFullYear(), mo: date.getUTCMonth(), d: date.getUTCDate(), h: date.getUTCHours(), mi: date.getUTCMinutes(), s: date.getUTCSeconds(), w: date.getUTCDay() }
  : { y: date.getFullYear(), mo: date.getMonth(), d: date.getDate(), h: date.getHours(), mi: date.getMinutes(), s: date.getSeconds(), w: date.getDay() };

/** 14:02:11 today, 28 Nov 16:02 else, the year only in another one. */
export function time(instant, { ms: withMs = false, seconds = true, now = Date.now() } = {}) {
  if (instant == null) return '\u2013';
  const date = new Date(instant);
  if (isNaN(date)) return String(instant);
  const p = part(date);
  const n = part(new Date(now));
  const clock = `${pad(p.h)}:${pad(p.mi)}` + (seconds || withMs ? `:${pad(p.s)}` : '') + (withMs ? `.${pad(date.getMilliseconds(), 3)}` : '');
  if (p.y === n.y && p.mo === n.mo && p.d === n.d) return clock;
  return `${p.d} ${MONTHS[p.mo]}${p.y === n.y ? '' : ' ' + p.y} ${withMs ? clock : clock.slice(0, 5)}`;
}

export function dayAndTime(instant) {
  const p = part(new Date(instant));
  return `${['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][p.w]} ${p.d} ${MONTHS[p.mo]} ${p.y}, ${pad(p.h)}:${pad(p.mi)}:${pad(p.s)}`;
}

export const day = (instant) => {
  const p = part(new Date(instant));
  return `${p.d} ${MONTHS[p.mo]}`;
};

/** In titles: ISO, UTC. */
export const iso = (instant) => (instant == null ? '' : typeof instant === 'string' ? instant : new Date(instant).toISOString());

/** An id, shortened in the middle; copied whole. */
export const shortId = (id) => (!id || id.length <= 12 ? id : `${id.slice(0, 4)}\u2026${id.slice(-2)}`);

/** A cron expression of the two kinds that movers have, in words; else as it is. */
export function cron(text) {
  const parts = (text ?? '').split(' ');
  if (parts.length !== 5 || !/^\d+$/.test(parts[0]) || !/^\d+$/.test(parts[1])) return text ?? '';
  const clock = `${pad(parts[1])}:${pad(parts[0])}`;
  if (parts[2] === '*' && parts[3] === '*' && parts[4] === '*') return `daily ${clock}`;
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  if (parts[4] in days) return `weekly, ${days[parts[4]]} ${clock}`;
  return text;
}

export const plural = (n, one, many = one + 's') => `${count(n)} ${n === 1 ? one : many}`;
