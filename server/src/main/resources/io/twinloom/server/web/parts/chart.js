// Charts with uPlot, loaded when the first is shown. The cursor is the same on all of a device.
import { html, useEffect, useRef, useState } from '../lib/html.js';
import { value as text, time, duration } from '../lib/format.js';

let library;
function load() {
  library ??= new Promise((resolve, reject) => {
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = 'web/vendor/uplot@1.6.32/uPlot.min.css';
    const script = document.createElement('script');
    script.src = 'web/vendor/uplot@1.6.32/uPlot.iife.min.js';
    script.onload = () => resolve(window.uPlot);
    script.onerror = reject;
    document.head.append(sheet, script);
  });
  return library;
}

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
/** A token as a colour that a canvas understands: light-dark() is resolved by the browser. */
function colour(token) {
  const probe = document.createElement('i');
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

/** In words: what a chart shows. */
export function summary(name, points, unit, range, age) {
  const numbers = points.map(([, v]) => v).filter((v) => typeof v === 'number');
  const u = unit ? ` ${unit}` : '';
  if (!points.length) return `${name}, ${range}, no values`;
  const last = points[points.length - 1][1];
  return `${name}, ${range}, ${numbers.length ? `${text(Math.min(...numbers))} to ${text(Math.max(...numbers))}${u}, ` : ''}last ${text(last)}${numbers.length ? u : ''}${age != null ? `, ${duration(age)} old` : ''}`;
}

/**
 * One property over the range. Numbers are a line, booleans and texts steps of their own values.
 * `cut` is since when it is stale: the rest is hatched.
 */
export function Chart({ name, points, unit, from, to, cut, label, height = 176, cursor, onCursor }) {
  const box = useRef();
  const plot = useRef();
  const [failed, setFailed] = useState(false);
  const state = useRef({});
  const kinds = points.length && points.every(([, v]) => typeof v === 'number') ? 'number' : 'step';
  const levels = kinds === 'step' ? [...new Set(points.map(([, v]) => text(v)))] : null;
  const data = [points.map(([t]) => t / 1000), points.map(([, v]) => (levels ? levels.indexOf(text(v)) : v))];
  state.current = { cut, from, to, levels, onCursor };
  useEffect(() => {
    let ended = false;
    let observer;
    load().then((uPlot) => {
      if (ended || !box.current) return;
      const axis = { stroke: colour('--ink3'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: `11px ${css('--sans')}`, gap: 4 };
      plot.current = new uPlot({
        width: box.current.clientWidth, height, legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 }, sync: { key: 'twinloom' } },
        scales: { x: { time: true, range: () => [state.current.from / 1000, state.current.to / 1000] }, y: levels ? { range: () => [-0.5, Math.max(state.current.levels.length - 0.5, 0.5)] } : { range: (u, low, high) => pad(low, high) } },
        series: [{}, { stroke: colour('--ink'), width: 1.4, paths: levels ? uPlot.paths.stepped({ align: 1 }) : undefined, points: { show: data[0].length < 2 } }],
        axes: [{ ...axis, space: 70, size: 24, grid: { show: false }, values: (u, splits) => splits.map((s) => time(s * 1000, { seconds: state.current.to - state.current.from < 180000 })) },
          { ...axis, size: levels ? 62 : 46, space: 34, values: (u, splits) => splits.map((v) => (state.current.levels ? (Number.isInteger(v) ? state.current.levels[v] ?? '' : '') : text(v))) }],
        hooks: { draw: [(u) => hatch(u, state.current, colour('--amber'))], setCursor: [(u) => state.current.onCursor?.(u.cursor.idx == null ? null : u.data[0][u.cursor.idx] * 1000)] },
      }, data, box.current);
      observer = new ResizeObserver(() => box.current && plot.current.setSize({ width: box.current.clientWidth, height }));
      observer.observe(box.current);
    }, () => setFailed(true));
    return () => { ended = true; observer?.disconnect(); plot.current?.destroy(); plot.current = null; };
  }, [kinds, height, document.documentElement.dataset.theme]);
  useEffect(() => { plot.current?.setData(data); }, [points, from, to, cut]);
  useEffect(() => {
    const u = plot.current;
    if (u && cursor != null) u.setCursor({ left: u.valToPos(cursor / 1000, 'x'), top: 10 }, false);
  }, [cursor]);
  const keys = (e) => {
    if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return;
    e.preventDefault();
    e.stopPropagation();
    const i = cursor == null ? points.length - 1 : nearest(points, cursor);
    const next = points[Math.max(0, Math.min(points.length - 1, i + (e.key === 'ArrowLeft' ? -1 : 1) * (e.shiftKey ? 10 : 1)))];
    if (next) onCursor?.(next[0]);
  };
  return html`<figure tabindex="0" role="img" aria-label=${label} onKeyDown=${keys} style=${{ height: `${height}px` }} data-chart=${name} data-points=${points.length}>
    ${failed ? html`<p class="ink2">The chart could not be loaded.</p>` : html`<div ref=${box} aria-hidden="true"></div>`}</figure>`;
}

export function nearest(points, t) {
  let best = 0;
  points.forEach(([x], i) => { if (Math.abs(x - t) < Math.abs(points[best][0] - t)) best = i; });
  return best;
}

function pad(low, high) {
  if (low == null) return [0, 1];
  const room = (high - low || Math.abs(high) * 0.1 || 1) * 0.12;
  return [low - room, high + room];
}

function hatch(u, { cut, to }, stroke) {
  if (cut == null || cut >= to) return;
  const { ctx } = u;
  const ratio = devicePixelRatio;
  const x = Math.max(u.bbox.left, u.valToPos(cut / 1000, 'x', true));
  const right = u.bbox.left + u.bbox.width;
  if (x >= right) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, u.bbox.top, right - x, u.bbox.height);
  ctx.clip();
  ctx.strokeStyle = stroke;
  ctx.globalAlpha = 0.45;
  ctx.lineWidth = ratio;
  for (let s = x - u.bbox.height; s < right; s += 7 * ratio) {
    ctx.beginPath();
    ctx.moveTo(s, u.bbox.top + u.bbox.height);
    ctx.lineTo(s + u.bbox.height, u.bbox.top);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
  ctx.beginPath();
  ctx.moveTo(x, u.bbox.top);
  ctx.lineTo(x, u.bbox.top + u.bbox.height);
  ctx.lineWidth = 1.5 * ratio;
  ctx.stroke();
  ctx.restore();
}
