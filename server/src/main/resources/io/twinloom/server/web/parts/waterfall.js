// One trace: where the time went, what is usual, and the path that decided how long it took.
import { html, useState, useRef } from '../lib/html.js';
import { ms } from '../lib/format.js';
import { short, isUserCode } from '../lib/twin.js';
import { useMedia } from './bits.js';
import { Swatch } from './marks.js';

const ROW = 27;

export function Waterfall({ trace }) {
  const phone = useMedia('(max-width: 639px)');
  const [zoom, setZoom] = useState(null);
  const drag = useRef(null);
  const spans = trace.spans;
  const end = Math.max(trace.ms, ...spans.map((s) => s.startMs + s.ms), 0.1);
  const [from, to] = zoom ?? [0, end];
  const x = (t) => ((t - from) / (to - from)) * 100;
  const longest = new Set(spans.slice().sort((a, b) => b.ms - a.ms).slice(0, 3));
  const step = nice((to - from) / 4);
  const ticks = [];
  for (let t = Math.ceil(from / step) * step; t <= to + 1e-6; t += step) ticks.push(t);
  const at = (e) => { const r = e.currentTarget.getBoundingClientRect(); return from + ((e.clientX - r.left) / r.width) * (to - from); };
  const path = critical(spans.map((s, i) => ({ ...s, i })).filter((s) => s.critical));
  const h = spans.length * ROW;
  return html`<div class=${`wf${phone ? ' ph' : ''}`} onKeyDown=${(e) => { if (e.key === 'Escape' && zoom) { e.stopPropagation(); setZoom(null); } }}>
    <div class="wfaxis" aria-hidden="true">${ticks.map((t) => html`<span style=${{ left: `${x(t)}%` }}>${t >= 1000 ? `${(t / 1000).toFixed(1)} s` : `${+t.toFixed(2)} ms`}</span>`)}</div>
    <div class="wfgrid"><ol class="wfnames">${spans.map((s, i) => html`<li key=${s.spanId + i} style=${{ paddingInlineStart: `${Math.min(s.depth, 6) * 14}px` }}><${Swatch} cloud=${s.cloud} named /><bdi class=${`el ${s.outcome === 'ok' ? '' : 'warn'}`} title=${s.function}>${short(s.function)}</bdi>${isUserCode(s.function) && html`<span class="ink3 xs nw">‹›</span>`}</li>`)}</ol>
      <div class="wfbars" style=${{ height: `${h}px` }} onPointerDown=${(e) => { drag.current = at(e); }} onPointerUp=${(e) => { const b = at(e); const a = drag.current; drag.current = null; if (a != null && Math.abs(b - a) > (to - from) * 0.02) setZoom([Math.max(0, Math.min(a, b)), Math.min(end, Math.max(a, b))]); }} title="Drag to zoom, Esc goes back">
        ${ticks.map((t) => html`<i class="wfline" style=${{ left: `${x(t)}%` }}></i>`)}
        ${spans.map((s, i) => html`<div key=${s.spanId + i} class=${`wfrow ${s.cloud}`} style=${{ top: `${i * ROW}px` }}>
          ${s.usual != null && html`<i class="usual" title=${`usual ${ms(s.usual)}`} style=${{ left: `${x(s.startMs)}%`, width: `${((s.usual / (to - from)) * 100).toFixed(2)}%` }}></i>`}
          <i class=${`wfbar${isUserCode(s.function) ? ' user' : ''}${s.outcome === 'ok' ? '' : ' bad'}`} style=${{ left: `${x(s.startMs)}%`, width: `${Math.max(0.35, (s.ms / (to - from)) * 100).toFixed(2)}%` }}></i>
          ${s.notes.map((n) => html`<i class=${`wfmark ${n.level === 'ERROR' || n.level === 'WARN' ? 'warn' : ''}`} title=${n.message} style=${{ left: `${x(n.atMs)}%` }}>▾</i>`)}
          <span class="wfnote xs ink3" style=${x(s.startMs + s.ms) > 72 && x(s.startMs) > 20 ? { right: `${100 - x(s.startMs) + 0.8}%` } : { left: `${Math.max(x(s.startMs + s.ms), x(s.startMs + Math.min(s.usual ?? 0, (to - from) * 0.4))) + 0.8}%` }}>${x(s.startMs + s.ms) > 85 && x(s.startMs) <= 20 ? '' : noteOf(s, spans[i + 1])}</span></div>`)}
        <svg class="wfpath" viewBox=${`0 0 100 ${h}`} preserveAspectRatio="none" aria-hidden="true">${path.map(([a, b]) => html`<path d=${`M${x(a.startMs)} ${a.i * ROW + 23}H${x(Math.min(a.startMs + a.ms, b ? Math.max(b.startMs, a.startMs) : Infinity))}`} vector-effect="non-scaling-stroke" class="solid" />${b && html`<path d=${`M${x(Math.max(a.startMs, Math.min(b.startMs, a.startMs + a.ms)))} ${a.i * ROW + 23}V${b.i * ROW + 8}`} vector-effect="non-scaling-stroke" class="drop" />`}`)}</svg>
      </div>
      <ol class="wfms">${spans.map((s, i) => html`<li key=${s.spanId + i} class=${longest.has(s) ? 'b' : ''}>${s.ms.toFixed(1)}</li>`)}</ol></div>
    <div class="legend wflegend"><span><i class="k-line"></i> critical path</span><span><i class="k-usual"></i> usual, median of 100</span><span>▾ log line</span>${zoom && html`<button class="btn s" onClick=${() => setZoom(null)}>Whole trace</button>`}<span class="last">times in ms, as the clouds' clocks say</span></div>
    <p class="vh">${spans.map((s) => `${short(s.function)} on ${s.cloud}: starts at ${s.startMs.toFixed(1)}, takes ${s.ms.toFixed(1)} milliseconds, ${s.outcome}`).join('; ')}</p></div>`;
}

const noteOf = (s, next) => s.outcome !== 'ok' ? html`<bdi class="warn">${s.outcome}</bdi>` : next && next.sourceCloud && next.sourceCloud !== next.cloud && next.depth > s.depth ? `⇒ ${next.cloud}` : s.attempt > 1 ? `attempt ${s.attempt}` : '';
const critical = (list) => list.map((s, i) => [s, list[i + 1]]);

function nice(raw) {
  const p = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((m) => m * p).find((s) => s >= raw) ?? raw;
}
