// A value, its shape over the last samples, and its age.
import { html } from '../lib/html.js';
import { present, useNow } from '../lib/store.js';
import { value as text, age as old, iso } from '../lib/format.js';
import { Glyph } from './marks.js';

/** How fresh a value is now: the server's limits, on the page's clock. */
export function freshness(v, now = present()) {
  if (!v.time) return 'never';
  const age = (now - Date.parse(v.time)) / 1000;
  const interval = v.samples >= 3 ? Math.max(v.expectedSeconds, 0.5) : Math.max(v.expectedSeconds ?? 10, 10);
  return age > 10 * interval ? 'stale' : age > Math.max(3 * interval, 3) ? 'late' : 'fresh';
}

const W = 72;
const H = 20;

/** 72 x 20, without axes: shape, not size. */
export function Spark({ points, stale, from, to, label }) {
  const box = { class: 'spark', viewBox: `0 0 ${W} ${H}`, preserveAspectRatio: 'none', 'aria-hidden': label ? undefined : 'true', role: label ? 'img' : undefined, 'aria-label': label };
  if (!points?.length) return html`<svg ...${box}><path class="g" d=${`M0 ${H / 2}H${W}`} /></svg>`;
  const times = points.map(([t]) => (typeof t === 'number' ? t : Date.parse(t)));
  const last = times.length - 1;
  const start = from ?? times[0];
  const end = Math.max(to ?? times[last], start + 1);
  const x = (t) => ((t - start) / (end - start)) * (W - 4) + 1;
  if (points.every(([, v]) => typeof v === 'boolean')) {
    const blocks = points.map(([, v], i) => v && html`<rect class="f" x=${x(times[i])} y="3" width=${Math.max(1, (i < last ? x(times[i + 1]) : stale ? x(times[i]) + 2 : W) - x(times[i]))} height="14" />`);
    return html`<svg ...${box}><path d=${`M0 17.5H${W}`} />${blocks}</svg>`;
  }
  if (points.some(([, v]) => typeof v !== 'number')) {
    const changes = points.map(([, v], i) => i > 0 && v !== points[i - 1][1] && html`<path d=${`M${x(times[i])} 6v8`} />`);
    return html`<svg ...${box}><path d=${`M0 10H${x(times[last])}`} />${changes}</svg>`;
  }
  const numbers = points.map(([, v]) => v);
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  // Halves: the distance of the largest two numbers is no number.
  const y = (v) => (high === low ? H / 2 : H - 3 - ((v / 2 - low / 2) / (high / 2 - low / 2)) * (H - 6));
  const d = numbers.map((v, i) => `${i ? 'L' : 'M'}${x(times[i]).toFixed(1)} ${y(v).toFixed(1)}`).join('');
  const [lx, ly] = [x(times[last]), y(numbers[last])];
  return html`<svg ...${box}><path d=${d} />${stale && html`<path class="g" d=${`M${lx} ${ly}H${W}`} />`}<circle class="d" cx=${lx} cy=${ly} r="1.8" /></svg>`;
}

/** One row: name, sparkline, value with unit, age. */
export function ValueRow({ v, name }) {
  const now = useNow(1000);
  const fresh = freshness(v, now);
  const stale = fresh === 'stale';
  const age = v.time ? (now - Date.parse(v.time)) / 1000 : null;
  const times = v.recent?.map(([t]) => Date.parse(t)) ?? [];
  const to = stale && times.length ? times[0] + Math.min(now - times[0], (times[times.length - 1] - times[0]) * 1.8 + 1) : undefined;
  return html`<div class=${`v ${fresh}`}>
    <span class="k el" title=${name ?? v.property}><bdi>${name ?? v.property}</bdi></span>
    <${Spark} points=${v.recent} stale=${stale} to=${to} />
    <span class="n" title=${text(v.value)}><span><bdi>${text(v.value)}</bdi>${v.unit && v.value != null && html`<span class="unit">\u00a0<bdi>${v.unit}</bdi></span>`}</span></span>
    <span class="a" title=${iso(v.time)}>${fresh === 'stale' || fresh === 'late' ? html`<${Glyph} kind="stale" quiet tone="" /> ` : ''}${fresh === 'never' ? 'never' : `${fresh === 'late' ? 'late, ' : ''}${old(age)}`}</span>
  </div>`;
}
