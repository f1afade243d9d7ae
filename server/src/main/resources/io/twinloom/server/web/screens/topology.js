// Topology: what runs where, what crosses, which edge is cut, and where one device's data goes.
import { html, useMemo } from '../lib/html.js';
import { state, use, useTopic, useNow, present } from '../lib/store.js';
import { useUrl, go, href } from '../lib/url.js';
import { put, remove, seg } from '../lib/api.js';
import { count, duration, rate, ms, time, day, plural } from '../lib/format.js';
import { theLayers, short, rateOf, rateHistory, cellOf, isUserCode } from '../lib/twin.js';
import { pathOf } from '../lib/path.js';
import { Grid } from '../grid/grid.js';
import { codeName, fullColumns, FullCell } from '../grid/full.js';
import { transposed } from '../grid/transposed.js';
import { Segments, Facts, Problem, useAction, useMedia, useRead } from '../parts/bits.js';
import { Glyph, Swatch, Cloud } from '../parts/marks.js';
import { Spark } from '../parts/values.js';
import { LAYERS } from '../grid/flows.js';

const FULL = { fullColumns, FullCell };

export function Topology() {
  const url = useUrl();
  const phone = useMedia('(max-width: 639px)');
  const narrow = useMedia('(max-width: 1199px)');
  const plan = use((s) => s.plan);
  const problem = use((s) => s.planProblem);
  const devices = state.project.devices;
  const rules = useTopic('status')?.rules.length;
  const device = devices.some((d) => d.id === url.device) ? url.device : null;
  const off = useMemo(() => (device && plan ? pathOf(device) : null), [device, plan, rules]);
  if (!plan) return html`<div class="page"><h1>Topology</h1>${problem ? html`<${Problem} problem=${problem} />` : ''}</div>`;
  const exposed = plan.functions.filter((f) => f.exposed).length;
  const list = url.view === 'list';
  const isolate = phone || devices.length > 8
    ? html`<span class="chips" role="group" aria-label="Isolate">${[null, ...devices.map((d) => d.id)].map((id) => html`<button key=${id ?? ''} class="chip" aria-pressed=${String(id === device)} onClick=${() => go({ device: id, crossing: null })}>${id ? html`<bdi>${id}</bdi>` : 'all'}</button>`)}</span>`
    : html`<${Segments} label="Isolate" value=${device ?? 'all'} options=${[['all', 'all'], ...devices.map((d) => [d.id])]} onChange=${(id) => go({ device: id === 'all' ? null : id, crossing: null })} />`;
  return html`<div class="page wide topology">
    <div class="head"><h1>Topology</h1><span class="sub not-phone">${plural(plan.functions.length, 'function')}, ${plural(plan.connections.length, 'connection')}, ${exposed} exposed</span><span class="grow"></span>
      ${devices.length > 1 && html`<span class="row" style=${{ minWidth: 0, maxWidth: '100%' }}>${!phone && html`<span class="ink3">Isolate</span>`}${isolate}</span>`}
      <${Segments} label="View" value=${list ? 'list' : 'grid'} options=${[['grid', 'Grid'], ['list', 'List']]} onChange=${(v) => go({ view: v === 'list' ? 'list' : null })} /></div>
    ${list ? html`<${List} />` : html`<${Grid} full=${phone ? null : FULL} phone=${phone ? transposed : null} folded=${narrow} off=${off} />`}
    ${!list && !phone && html`<${Legend} />`}
    ${device && html`<${Straight} device=${device} off=${off} />`}
    ${!device && url.crossing && html`<${Dock} id=${url.crossing} />`}
    ${phone && !list && html`<${Crossings} />`}
  </div>`;
}

const Sample = ({ w, kind, s }) => html`<svg width="36" height="8" aria-hidden="true"><g class=${`th ${kind}`} stroke="currentColor"><path class="line" d="M0 4H36" stroke=${kind === 'cut' ? 'var(--fail)' : 'currentColor'} stroke-width=${w} />${s && html`<path d="M0 4H36" stroke="var(--bg)" stroke-width=${w / 3} stroke-dasharray="7 5" />`}</g></svg>`;
const Legend = () => html`<div class="legend" aria-label="Legend"><span><${Sample} w="5" kind="live" s /> ≥ 5/s</span><span><${Sample} w="3.2" kind="live" s /> ≥ 1/s</span><span><${Sample} w="1.3" kind="read" /> on demand</span>
  <span><${Sample} w="1.6" kind="scheduled" /> scheduled</span><span><${Sample} w="2" kind="cut" /> circuit open</span><span>⇒ exposed, with a token</span><span>‹› your code</span><span class="last">a line changes colour where it changes clouds</span></div>`;

/** What a connection does: figures, and what can be done about it. */
function Dock({ id }) {
  const traffic = useTopic('traffic');
  const ledger = useTopic('ledger');
  const chaos = use((s) => s.topics.chaos);
  const past = use((s) => s.past.at);
  useNow(1000);
  const c = traffic?.connections.find((x) => x.id === id);
  const plan = state.plan.connections.find((x) => x.id === id);
  const fault = chaos?.active.find((f) => f.connection === id);
  const [cut, busy, problem] = useAction(() => (fault ? remove(`chaos/${seg(id)}`) : put(`chaos/${seg(id)}`, { cut: true, for: 'PT1M' })));
  if (!plan) return html`<section class="card pad empty">There is no connection <bdi class="mono">${id}</bdi> in this twin.</section>`;
  const open = c && (c.state === 'open' || c.state === 'probing');
  const since = c?.stateSince ? `${time(c.stateSince, { now: present() })}` : 'the start';
  return html`<section class=${`card dock`} aria-label=${`Connection ${id}`}><header><${Swatch} cloud=${plan.from} named /><b><bdi>${short(plan.senders[0]) || 'dashboards'}</bdi></b><span class="ink3">⇒</span><${Swatch} cloud=${plan.to} named /><b><bdi>${short(plan.receiver)}</bdi></b><bdi class="mono ink3 el">${id}</bdi>
      <span class="end row wrap"><a class="btn s" href=${href({ screen: 'logs', function: plan.receiver })}>Traces</a>${open && html`<button class="btn s" onClick=${() => document.dispatchEvent(new CustomEvent('twinloom-why', { detail: state.project.devices[0]?.id }))}>Why</button>`}
        ${chaos?.available && chaos.connections.includes(id) && html`<button class="btn s" disabled=${busy || past} title="Requests over it fail at once; it ends by itself" onClick=${() => cut()}>${fault ? 'End the cut' : 'Cut for 1 min'}</button>`}
        <button class="btn q s" aria-label="Close" onClick=${() => go({ crossing: null })}>✕</button></span></header>
    ${problem && html`<${Problem} problem=${problem} />`}
    <div class="pad">${!c ? html`<span class="ink2">No figures yet.</span>` : html`<${Facts} rows=${[
      [`Requests, ${duration(traffic.window.seconds, true)}`, html`<span class="row">${rate(rateOf(plan.receiver).rate ?? c.rate)} <${Spark} points=${rateHistory(plan.receiver).slice(-300)} /></span>`], ['p95', c.ms ? ms(c.ms.p95) : '–'], ['Median', c.ms ? ms(c.ms.p50) : '–'], ['Errors', html`<span class=${c.errors ? 'warn' : ''}>${count(c.errors)} of ${count(c.requests)}</span>`],
      ['Circuit', html`<span class=${open ? 'fail' : ''}>${open && html`<${Glyph} kind="open" quiet /> `}${open ? (c.state === 'probing' ? 'half open' : 'open') : 'closed'}, since ${since}</span>`],
      ['Waiting', `${count(ledger?.queued ?? 0)}, oldest ${ledger?.oldestQueuedSeconds != null ? duration(ledger.oldestQueuedSeconds) : '–'}`], ['Last', c.last ? time(c.last, { now: present() }) : 'never'], ['Token', c.tokenSince ? `made ${day(c.tokenSince)}` : 'in use'],
    ]} />`}</div></section>`;
}

/** One device's last measurement as a line of hops, with what each took. */
function Straight({ device, off }) {
  const traces = useRead('traces', { device, limit: 1 }, { every: 3000 });
  const newest = traces.data?.items[0];
  const trace = useRead(newest ? `/traces/${seg(newest.id)}` : null, {});
  const spans = trace.data?.spans ?? [];
  const hops = spans.length ? spans.map((s) => ({ name: s.function, cloud: s.cloud, ms: s.ms, note: s.connection ? '⇒' : '', user: isUserCode(s.function) }))
    : off.order.map((f) => ({ name: f.name, cloud: f.cloud, ms: state.topics.traffic?.hops.find((h) => h.function === f.name)?.ms?.p50, user: isUserCode(f.name), usual: true }));
  return html`<section class="card" aria-label=${`${device}, hop by hop`}><header><h2><bdi>${device}</bdi>, hop by hop</h2>
      <span class="ink2 sm el">${newest ? html`last measurement <span class="nw">${duration((present() - Date.parse(newest.started)) / 1000)} ago</span>: ${ms(newest.ms)} over ${plural(newest.functions, 'hop')}` : 'no trace is kept; medians of the hops'}</span>
      <span class="end row">ms in each hop ${newest && html`<a class="btn s" href=${href({ screen: 'logs', trace: newest.id })}>Open trace</a>`}</span></header>
    <div class="pad"><ol class="straight" tabindex="0" aria-label="Hops">${hops.map((h, i) => html`<li key=${h.name + i} class=${h.cloud} style=${{ flexGrow: Math.max(1, h.ms ?? 1) }}><i class=${h.user ? 'user' : ''}></i><bdi class="el sm" title=${h.name}>${h.user ? codeName(state.plan.functions.find((f) => f.name === h.name)) : short(h.name)}</bdi><span class="xs ink3 nw">${h.ms != null ? h.ms.toFixed(1) : '–'}${h.note ? ` ${h.note}` : ''}${h.user ? ' ‹›' : ''}</span></li>`)}</ol></div></section>`;
}

/** The same as a table. */
function List() {
  use((s) => s.topics);
  useNow(2000);
  const layers = theLayers();
  const traffic = useTopic('traffic');
  return html`<section class="card"><header><h2>Layers</h2></header><div class="pad scroll-x" role="region" tabindex="0" aria-label="Layers"><table class="tb"><thead><tr><th>Layer</th><th>Cloud</th><th>State</th><th>What</th><th class="r">Functions</th></tr></thead><tbody>
      ${LAYERS.filter((id) => layers[id]).map((id) => { const c = cellOf(layers[id]); return html`<tr key=${id}><td>${id}</td><td><${Cloud} cloud=${layers[id].cloud} /></td><td><${Glyph} kind=${c.state} /></td><td>${c.figure}${c.word ? `, ${c.word}` : ''}</td><td class="r">${layers[id].functions.length + layers[id].user.length}</td></tr>`; })}</tbody></table></div></section>
    <${Crossings} />
    <section class="card"><header><h2>Functions</h2><span class="end">${traffic ? `last ${duration(traffic.window.seconds, true)}` : ''}</span></header><div class="pad scroll-x" role="region" tabindex="0" aria-label="Functions"><table class="tb"><thead><tr><th>Function</th><th>Cloud</th><th>Layer</th><th>Exposed</th><th class="r">Rate</th><th class="r">p95</th><th class="r">Errors</th><th>Why it is there</th></tr></thead><tbody>
      ${state.plan.functions.map((f) => { const h = traffic?.hops.find((x) => x.function === f.name); return html`<tr key=${f.name}><td><bdi>${short(f.name)}</bdi></td><td><${Cloud} cloud=${f.cloud} /></td><td class="nw">${f.layer}</td><td>${f.exposed ? 'yes' : ''}</td><td class="r nw">${h ? rate(h.rate) : '–'}</td><td class="r nw">${h?.ms ? ms(h.ms.p95) : '–'}</td><td class=${`r ${h?.errors ? 'warn' : ''}`}>${h ? count(h.errors) : '–'}</td><td class="ink2">${f.why}</td></tr>`; })}</tbody></table></div></section>`;
}

function Crossings() {
  const traffic = useTopic('traffic');
  const list = traffic?.connections ?? [];
  const open = list.filter((c) => c.state === 'open' || c.state === 'probing').length;
  return html`<section class="card"><header><h2>Crossings</h2><span class="end">${list.length}, ${open ? `${open} of ${list.length} circuits open` : 'all circuits closed'}</span></header>
    <div class="pad scroll-x" role="region" tabindex="0" aria-label="Crossings"><table class="tb hover"><thead><tr><th>From</th><th>To</th><th>Receiver</th><th class="r">Rate</th><th class="r not-phone">p95</th><th class="r not-phone">Errors</th><th>Circuit</th></tr></thead><tbody>
      ${list.map((c) => html`<tr key=${c.id}><td><${Cloud} cloud=${c.from} /></td><td><${Cloud} cloud=${c.to} /></td><td><a class="link" href=${href({ crossing: c.id, view: null })}><bdi>${short(c.receiver)}</bdi></a></td><td class="r nw">${c.requests ? rate(c.rate) : '–'}</td><td class="r nw not-phone">${c.ms ? ms(c.ms.p95) : '–'}</td><td class="r not-phone">${count(c.errors)}</td><td class=${c.state === 'open' ? 'fail' : ''}>${c.state === 'open' ? 'open' : c.state === 'probing' ? 'half open' : 'closed'}</td></tr>`)}</tbody></table></div></section>`;
}
