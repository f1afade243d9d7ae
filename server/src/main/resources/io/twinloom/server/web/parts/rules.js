// A rule with the ticks of when it fired, and hollow ones where it was skipped.
import { html } from '../lib/html.js';
import { state, present, useNow } from '../lib/store.js';
import { rangeSeconds } from '../lib/url.js';
import { count } from '../lib/format.js';
import { Age } from './bits.js';

/** The condition with its parts: the first comparison is what a reader knows the rule by. */
export function Condition({ text }) {
  const parts = text.split(/\s*(&&|\|\|)\s*/);
  const plain = (p) => p.replace(/(\w+\.)+(\w+)/g, '$2').replace(/\b(DOUBLE|INTEGER|LONG|BOOLEAN|STRING)\(([^)]*)\)/g, '$2').replace('<=', '≤').replace('>=', '≥').replace('==', '=');
  return html`<span class="el grow" title=${text}><bdi class="b">${plain(parts[0])}</bdi>${parts.length > 1 && html`<bdi class="ink3"> ${parts.slice(1).map((p) => (p === '&&' ? ' and ' : p === '||' ? ' or ' : plain(p))).join('')}</bdi>`}</span>`;
}

export function RuleTicks({ rule, firings }) {
  useNow(5000);
  const now = present();
  const seconds = rangeSeconds();
  const from = now - seconds * 1000;
  const mine = firings.filter((f) => f.rule === rule.rule && f.kind !== 'command' && Date.parse(f.time) >= from);
  const fired = mine.filter((f) => f.kind === 'fired');
  // The page gets the newest hundred: where they are all within the range, there were more.
  const full = firings.length >= 100 && Date.parse(firings[firings.length - 1].time) > from;
  const last = firings.find((f) => f.rule === rule.rule && f.kind === 'fired');
  const x = (t) => `${(((Date.parse(t) - from) / (now - from)) * 100).toFixed(1)}%`;
  return html`<div class="item" data-rule=${rule.rule}>
    <div class="row"><${Condition} text=${rule.condition} /><b title=${full && fired.length ? 'of the newest that the page gets' : ''}>${count(fired.length)}${full && fired.length ? '+' : ''}</b></div>
    <svg class="tick" aria-hidden="true"><line class="base" x1="0" x2="100%" y1="13.5" y2="13.5" />${mine.slice(0, 200).map((f, i) => html`<line key=${f.time + i} class=${f.kind === 'skipped' ? 'miss' : ''} x1=${x(f.time)} x2=${x(f.time)} y1=${f.kind === 'skipped' ? 9 : 4} y2="13" />`)}</svg>
    <div class="sm ink2 row"><bdi class="el">${rule.does}</bdi>${last ? html`<span class="ink3 nw">· <${Age} at=${last.time} after=" ago" short /></span>` : state.past.at ? '' : rule.fired ? html`<span class="ink3 nw">· ${count(rule.fired)} since the start</span>` : html`<span class="ink3 nw">· not yet</span>`}</div>
  </div>`;
}
