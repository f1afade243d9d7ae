// A chart as SVG: a line or steps, two axes, and a cursor that all charts of a device share.
import { html } from '../lib/html.js';
import { value as text, time, duration, day, isUtc } from '../lib/format.js';
import { useWidth } from './bits.js';

const TOP = 7;
const BOTTOM = 20;
const RIGHT = 8;
/** Distances between labels of the time axis, in seconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000, 7776000];

/** In words: what a chart shows. */
export function summary(name, points, unit, range, age) {
  const numbers = points.map(([, v]) => v).filter((v) => typeof v === 'number');
  const u = unit ? ` ${unit}` : '';
  if (!points.length) return `${name}, ${range}, no values`;
  const last = points[points.length - 1][1];
  const [low, high] = bounds(numbers);
  return `${name}, ${range}, ${numbers.length ? `${text(low)} to ${text(high)}${u}, ` : ''}last ${text(last)}${numbers.length ? u : ''}${age != null ? `, ${duration(age)} old` : ''}`;
}

const bounds = (numbers) => numbers.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);

/**
 * One property over the range. Numbers are a line, booleans and texts steps of their own values.
 * `cut` is since when it is stale: the rest is hatched.
 */
export function Chart({ name, points, from, to, cut, label, height = 176, cursor, onCursor }) {
  const [box, width] = useWidth(0);
  const levels = points.every(([, v]) => typeof v === 'number') ? null : [...new Set([...(points.every(([, v]) => typeof v === 'boolean') ? [false] : []), ...points.map(([, v]) => v)].map(text))];
  const marks = points.filter(([t]) => t >= from && t <= to).map(([t, v]) => [t, levels ? levels.indexOf(text(v)) : v]);
  const [low, high] = levels ? [-0.5, Math.max(levels.length - 0.5, 0.5)] : padded(bounds((marks.length ? marks : points).map(([, v]) => v)));
  const ticks = levels ? levels.map((_, i) => i).filter((i) => i % Math.ceil(levels.length / 6) === 0) : numberTicks(low, high, Math.max(2, Math.floor(height / 40)));
  const words = ticks.map((t) => (levels ? levels[t] : text(t)));
  const left = Math.min(levels ? 96 : 84, Math.max(34, ...words.map((w) => [...w].length * 6.4 + 10)));
  const x = (t) => left + ((t - from) / (to - from)) * (width - left - RIGHT);
  // Halves: the distance of the largest two numbers is no number.
  const y = (v) => height - BOTTOM - ((v / 2 - low / 2) / (high / 2 - low / 2)) * (height - TOP - BOTTOM);
  const { line, gaps, band, dense } = width > 60 ? drawn(marks, x, y, levels, cut == null ? to : cut) : {};
  const at = cursor == null || !points.length ? null : points[nearest(points, cursor)];
  const end = points[points.length - 1];
  const keys = (e) => {
    if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return;
    e.preventDefault();
    e.stopPropagation();
    const i = cursor == null ? points.length - 1 : nearest(points, cursor);
    const next = points[Math.max(0, Math.min(points.length - 1, i + (e.key === 'ArrowLeft' ? -1 : 1) * (e.shiftKey ? 10 : 1)))];
    if (next) onCursor?.(next[0]);
  };
  const point = (e) => {
    const t = from + ((e.clientX - e.currentTarget.getBoundingClientRect().left - left) / (width - left - RIGHT)) * (to - from);
    onCursor?.(t < from || t > to ? null : points[nearest(points, t)]?.[0] ?? null);
  };
  const dot = (p, kind) => p && p[0] >= from && p[0] <= to && html`<circle class=${kind} cx=${x(p[0])} cy=${y(levels ? levels.indexOf(text(p[1])) : p[1])} r=${kind === 'at' ? 3.5 : 2} />`;
  return html`<figure tabindex="0" role="img" aria-label=${label} onKeyDown=${keys} style=${{ height: `${height}px` }} data-chart=${name} data-points=${points.length}>
    <div ref=${box} aria-hidden="true" onPointerMove=${point} onPointerLeave=${() => onCursor?.(null)}>${width > 60 && html`<svg class="plot" width=${width} height=${height}>
      ${ticks.map((t, i) => html`<path class="rule" d=${`M${left} ${y(t).toFixed(1)}H${width - RIGHT}`} /><text x=${left - 6} y=${y(t) + 3.5} text-anchor="end">${clip(words[i], levels ? 13 : 12)}</text>`)}
      ${timeTicks(from, to, (width - left) / 74).map(([t, word]) => html`<text x=${x(t)} y=${height - 5} text-anchor="middle">${word}</text>`)}
      ${cut != null && cut > from && html`<path class="cut" d=${`M${x(cut)} ${TOP}V${height - BOTTOM}`} />`}
      ${gaps && html`<path class="gap" d=${gaps} />`}${band && html`<path class="band" d=${band} />`}<path class=${dense && levels ? 'line dense' : 'line'} d=${line} />${dot(end, cut != null ? 'end stale' : 'end')}
      ${at && at[0] >= from && html`<path class="cross" d=${`M${x(at[0])} ${TOP}V${height - BOTTOM}`} />${dot(at, 'at')}`}</svg>${cut != null && cut < to && html`<i class="hatch" style=${{ left: `${Math.max(x(cut), left)}px`, right: `${RIGHT}px`, top: `${TOP}px`, bottom: `${BOTTOM}px` }}></i>`}`}</div></figure>`;
}

const clip = (word, most) => { const chars = [...word]; return chars.length > most ? chars.slice(0, most - 1).join('') + '…' : word; };

const PIXELS = 3;

/**
 * What is drawn, as paths. Where more than one point shares a pixel, the line is the mean of each
 * few pixels and the band reaches from their least to their greatest: what alternates is grey, not
 * black. A gap is where nothing came for far longer than usual.
 */
function drawn(points, x, y, stepped, end) {
  const at = (t, v) => `${x(t).toFixed(1)} ${y(v).toFixed(1)}`;
  const width = points.length ? x(points[points.length - 1][0]) - x(points[0][0]) : 0;
  const dense = points.length > 40 && points.length > width * 0.7;
  const steps = points.slice(1).map((p, i) => p[0] - points[i][0]).sort((a, b) => a - b);
  const longest = steps.length ? Math.max(steps[steps.length >> 1] * 12, 2000) : Infinity;
  const parts = [[]];
  let gaps = '';
  points.forEach((p, i) => {
    const before = points[i - 1];
    if (before && p[0] - before[0] > longest && x(p[0]) - x(before[0]) > 8) {
      gaps += `M${at(...before)}${stepped ? `H${x(p[0]).toFixed(1)}` : `L${at(...p)}`}`;
      parts.push([]);
    }
    parts[parts.length - 1].push(p);
  });
  let line = '';
  let band = '';
  for (const part of parts) {
    const kept = dense && !stepped ? buckets(part, x) : part;
    line += kept.map((p, i) => (i ? (stepped ? `H${x(p[0]).toFixed(1)}V${y(p[1]).toFixed(1)}` : `L${at(p[0], p[1])}`) : `M${at(p[0], p[1])}`)).join('');
    if (dense && !stepped && kept.length > 1) band += `M${kept.map((p) => at(p[0], p[3])).join('L')}L${kept.slice().reverse().map((p) => at(p[0], p[2])).join('L')}Z`;
  }
  if (stepped && points.length) line += `H${x(Math.max(end, points[points.length - 1][0])).toFixed(1)}`;
  return { line, gaps, band, dense };
}

/** [instant, mean, least, greatest] of every few pixels. */
function buckets(points, x) {
  const kept = [];
  let key;
  for (const [t, v] of points) {
    const k = Math.floor(x(t) / PIXELS);
    const b = kept[kept.length - 1];
    if (k !== key) kept.push([t, v, v, v, 1]);
    else { b[1] += (v - b[1]) / ++b[4]; b[2] = Math.min(b[2], v); b[3] = Math.max(b[3], v); }
    key = k;
  }
  return kept;
}

export function nearest(points, t) {
  let [a, b] = [0, points.length - 1];
  while (a < b) {
    const m = (a + b) >> 1;
    if (points[m][0] < t) a = m + 1; else b = m;
  }
  return a > 0 && t - points[a - 1][0] < points[a][0] - t ? a - 1 : a;
}

function padded([low, high]) {
  if (low > high) return [0, 1];
  const room = Math.min((high / 2 - low / 2 || Math.abs(high) * 0.05 || 0.5) * 0.24, 1e307);
  return [Math.max(low - room, -Number.MAX_VALUE), Math.min(high + room, Number.MAX_VALUE)];
}

function numberTicks(low, high, most) {
  const raw = (high / most - low / most) || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw) ?? raw;
  const ticks = [];
  for (let i = Math.ceil(low / step); i * step <= high && ticks.length < 12; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** [instant, label]: at full minutes, hours and days of the zone that is shown. */
function timeTicks(from, to, most) {
  const seconds = STEPS.find((s) => (to - from) / 1000 / s <= most) ?? STEPS[STEPS.length - 1];
  const step = seconds * 1000;
  const zone = isUtc() ? 0 : new Date(from).getTimezoneOffset() * 60000;
  const ticks = [];
  for (let t = Math.ceil((from - zone) / step) * step + zone; t <= to; t += step) ticks.push([t, seconds >= 86400 ? day(t) : time(t, { seconds: seconds < 60, now: t })]);
  return ticks.filter(([t]) => t > from + (to - from) * 0.03 && t < to - (to - from) * 0.02);
}
