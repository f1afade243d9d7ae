// Time travel: one slider over the range, with what happened as ticks; the whole page follows it.
import { html, useEffect, useState, useRef } from '../lib/html.js';
import { state, use } from '../lib/store.js';
import { useUrl, go, at, rangeSeconds } from '../lib/url.js';
import { hear } from '../lib/keys.js';
import { dayAndTime, duration, time, iso } from '../lib/format.js';
import { useRead } from './bits.js';

export function PastBar() {
  const url = useUrl();
  const [now, setNow] = useState(Date.now() + state.skew);
  const [dragged, setDragged] = useState(null);
  const problem = use((s) => s.past.problem);
  const timer = useRef(0);
  const instant = dragged ?? Date.parse(url.at);
  const span = Math.max(rangeSeconds() * 1000, (now - instant) * 1.15, 900000);
  const from = Math.floor((now - span) / 60000) * 60000;
  const ticks = useRead('ticks', { from: iso(from), to: iso(Math.ceil(now / 60000) * 60000) });
  const items = ticks.data?.items ?? [];
  const move = (t) => {
    const limited = Math.max(from, Math.min(Date.now() + state.skew - 1000, t));
    go({ at: new Date(limited).toISOString() }, { replace: true });
  };
  useEffect(() => { if (Date.parse(url.at) > now) setNow(Date.now() + state.skew); }, [url.at]);
  useEffect(() => hear('step', ({ by, event }) => {
    const here = Date.parse(at().at);
    if (!event) { move(here + by * 60000); return; }
    const times = items.map((t) => Date.parse(t.time)).filter((t) => (by > 0 ? t > here + 500 : t < here - 500));
    if (times.length) move(by > 0 ? Math.min(...times) : Math.max(...times));
  }), [items.length, from]);
  const drag = (e) => {
    const t = Number(e.target.value);
    setDragged(t);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { setDragged(null); move(t); }, 150);
  };
  const x = (t) => `${(((Date.parse(t) - from) / (now - from)) * 100).toFixed(2)}%`;
  const marks = Array.from({ length: 7 }, (_, i) => from + ((now - from) * i) / 6);
  return html`<section class="bar-past" aria-label="Time travel">
    <div class="when"><b>${dayAndTime(instant)}</b><span class="sm">you see the twin as it was ${duration((Date.now() + state.skew - instant) / 1000)} ago${problem ? html`; <span class="warn">${problem.detail}</span>` : ''}</span></div>
    <div class="slide grow">
      <svg aria-hidden="true" class="ticks">${items.map((t) => html`<line key=${t.time + t.kind} x1=${x(t.time)} x2=${x(t.time)} y1="2" y2="12" class=${t.kind === 'circuit' || t.kind === 'crash' ? 'red' : ''}><title>${`${time(t.time)} ${t.text}`}</title></line>`)}</svg>
      <input type="range" min=${from} max=${now} step="1000" value=${instant} aria-label="Instant" aria-valuetext=${dayAndTime(instant)} onInput=${drag} />
      <div class="scale xs not-phone" aria-hidden="true">${marks.map((t) => html`<span>${time(t, { seconds: false, now })}</span>`)}</div>
    </div>
    <span class="row"><button class="btn" onClick=${() => move(instant - 60000)}>◂ 1 min</button><button class="btn" onClick=${() => move(instant + 60000)}>1 min ▸</button>
      <button class="btn p" onClick=${() => go({ at: null })}>Back to live <kbd>Esc</kbd></button></span>
  </section>`;
}
