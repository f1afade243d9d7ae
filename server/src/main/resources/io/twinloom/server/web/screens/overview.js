// Overview: deployed? healthy? happening? is anything lost? what needs me?
import { html, useState } from '../lib/html.js';
import { state, topic, use, useTopic, useCalm, useNow } from '../lib/store.js';
import { go, href, rangeText, rangeSeconds } from '../lib/url.js';
import { duration, plural, rate, ms } from '../lib/format.js';
import { needs, groups, rateOf, rateHistory, functionOf, openCircuits, lastOf, cellOf, theLayers } from '../lib/twin.js';
import { post } from '../lib/api.js';
import { Grid } from '../grid/grid.js';
import { Ledger } from '../parts/ledger.js';
import { ValueRow, freshness } from '../parts/values.js';
import { Glyph } from '../parts/marks.js';
import { Age, Problem, useAction, useMedia } from '../parts/bits.js';
import { Later } from '../parts/later.js';
import { RuleTicks } from '../parts/rules.js';
import { Stopped } from '../parts/stopped.js';

export function Overview() {
  const phone = useMedia('(max-width: 639px)');
  const narrow = useMedia('(max-width: 1199px)');
  const [why, setWhy] = useState(null);
  const values = useTopic('values');
  const devices = useTopic('devices');
  const past = use((s) => s.past.at);
  const off = use((s) => s.project.running === false);
  const changes = use(() => !!topic('status')?.change);
  const empty = !past && values && !values.items.some((v) => v.time) && !devices?.items.some((d) => d.lastSeen);
  const side = html`<${Needs} onWhy=${setWhy} /><${Rules} />`;
  return html`<div class="page overview">
    <h1 class="vh">Overview</h1>
    <${Answers} phone=${phone} onWhy=${setWhy} />
    ${changes && html`<${Later} part="change" />`}
    ${phone ? html`<${Strip} />` : html`<${Grid} />`}
    ${off ? html`<${Stopped} />` : empty ? html`<${Later} part="guide" />` : html`<${Ledger} phone=${phone} />`}
    ${off ? '' : narrow ? html`<div class=${phone ? 'stack' : 'two'}>${side}</div><${Current} onWhy=${setWhy} />`
      : html`<div class="cols fill"><${Current} onWhy=${setWhy} /><div class="stack">${html`<${Rules} /><${Needs} onWhy=${setWhy} />`}</div></div>`}
    ${why && html`<${Later} part="why" device=${why} onClose=${() => setWhy(null)} />`}
  </div>`;
}

function Answers({ phone, onWhy }) {
  const status = useTopic('status');
  const project = use((s) => s.project);
  const plan = use((s) => s.plan);
  const past = use((s) => s.past.at);
  const problem = use((s) => s.projectProblem ?? s.planProblem);
  use((s) => s.topics);
  const now = useNow(1000);
  const list = needs();
  const open = openCircuits();
  const broken = open.find((c) => c.receiver === functionOf('hot-writer'));
  const total = status?.layers.length ?? 0;
  const healthy = status?.layers.filter((l) => l.healthy).length ?? 0;
  const first = functionOf('dispatcher');
  const r = rateOf(first);
  const traffic = useTopic('traffic');
  useTopic('devices');
  const last = lastOf('lastSeen');
  const stored = lastOf('lastStored');
  const running = status?.running;
  const deployed = past ? 'As it is now' : !status ? '…' : !running ? 'Not running' : status.change ? 'In a change' : project.deployedDigest && project.digest && project.digest !== project.deployedDigest ? 'Yes, changed since' : 'Yes, as in the project';
  const verified = use((s) => s.lastVerify);
  const warnings = list.filter((n) => n.id !== 'off').length;
  const p95 = endToEnd(traffic);
  const answers = html`<div class="answers">
    <div><span class="q">Deployed?</span><span class="a" data-answer="deployed"><${Glyph} kind=${running ? (deployed === 'Yes, changed since' ? 'stale' : 'ok') : 'none'} quiet />${deployed}</span>
      <span class="s el">${plan ? `${plural(plan.functions.length, 'function')} · ${plural(plan.stores.length, 'store')} · ${plural(plan.connections.length, 'connection')} · ${plural(new Set(Object.values(project.placement)).size, 'cloud')}` : ''}</span></div>
    <div><span class="q">Healthy?</span><span class=${`a ${running && (broken || healthy < total) ? 'fail' : ''}`} data-answer="healthy"><${Glyph} kind=${!running ? 'none' : broken || healthy < total ? 'fail' : warnings ? 'warn' : 'ok'} quiet />${!running ? '–' : broken ? 'Not storing' : `${healthy} of ${plural(total, 'layer')}`}${running && !broken && warnings ? `, ${plural(warnings, 'warning')}` : ''}
        ${broken && html`<button class="btn s" onClick=${() => onWhy(state.project.devices[0]?.id)}>Why?</button>`}</span>
      <span class="s el" title=${list[0]?.detail}>${broken ? `circuit ${broken.from} ⇒ ${broken.to} open; nothing lost` : list[0] ? `${list[0].title}` : verified ? `verified end to end ${duration((Date.now() - verified.at) / 1000, true)} ago, ${ms(verified.ms)}` : 'every layer runs'}</span></div>
    <div class=${last ? 'happening' : 'happening start'}><div><span class="q">Happening?</span><span class="a" data-answer="happening">${past ? rate(r.rate) : last ? rate(r.rate ?? 0) : 'Not yet'}</span>
      <span class="s el">${past ? traffic ? 'until then' : 'rates are kept for an hour' : broken ? html`last stored <${Age} at=${stored} after=" ago" />` : last ? html`last <${Age} at=${last} after=" ago" />${p95 ? html` · <span title="from the channel to the store, the hops' p95 together">p95 ${ms(p95)}</span>` : ''}` : running ? 'no device has connected' : 'nothing runs'}</span></div>
      ${last && !past ? html`<${RateLine} name=${first} now=${now} />` : !past && running && html`<${Start} />`}</div>
  </div>`;
  if (problem && !plan) return html`<${Problem} problem=${problem} />`;
  if (!phone) return answers;
  return html`<section class="stack sentence"><div class="a" data-answer="healthy">${broken ? html`<span class="fail">Not storing</span>` : !running ? 'Not running' : healthy === total ? `Healthy${warnings ? `, ${plural(warnings, 'warning')}` : ''}` : `${healthy} of ${plural(total, 'layer')}`}</div>
    <span class="ink2">${healthy} of ${plural(total, 'layer')} up on ${plural(new Set(Object.values(project.placement)).size, 'cloud')} · ${deployed === 'Yes, as in the project' ? 'matches the project' : deployed.toLowerCase()}</span>
    <div class="row"><b class="a nw">${last ? rate(r.rate ?? 0) : 'Not yet'}</b>${last && html`<${RateLine} name=${first} now=${now} />`}<span class="ink3 sm nw">${last ? html`last <${Age} at=${last} after=" ago" short />` : 'no device has connected'}</span></div>
    ${!last && !past && running && html`<${Start} />`}</section>`;
}

/** The sum of the hops from the channel to the store: an upper bound of what 95 % need. */
function endToEnd(traffic) {
  const kinds = ['dispatcher', 'connector', 'processor', 'persister'].map(functionOf).filter(Boolean);
  const hops = kinds.map((k) => traffic?.hops.find((h) => h.function === k)?.ms?.p95).filter((x) => x != null);
  return hops.length ? hops.reduce((a, b) => a + b, 0) : null;
}

function RateLine({ name, now }) {
  const points = rateHistory(name).filter(([t]) => t > Date.now() - rangeSeconds() * 1000);
  if (points.length < 3) return html`<svg class="rate" aria-hidden="true"></svg>`;
  const high = Math.max(...points.map(([, v]) => v), 0.1);
  const [a, b] = [points[0][0], Math.max(points[points.length - 1][0], points[0][0] + 60000)];
  const d = points.map(([t, v], i) => `${i ? 'L' : 'M'}${(((t - a) / (b - a)) * 196).toFixed(1)} ${(36 - (v / high) * 32).toFixed(1)}`).join('');
  return html`<svg class="rate" viewBox="0 0 200 40" preserveAspectRatio="none" role="img" aria-label=${`published a second, last ${duration((now - a) / 1000, true)}`}><path d=${d} vector-effect="non-scaling-stroke" /></svg>`;
}

function Start() {
  const simulator = useTopic('simulator');
  const [run, busy, problem] = useAction(() => post('simulator/start', { rate: 2 }));
  return html`<span class="row wrap"><button class="btn" onClick=${() => document.dispatchEvent(new CustomEvent('twinloom-verify'))}>Verify</button>
    <button class="btn p" disabled=${busy || simulator?.running} onClick=${() => run()}>${simulator?.running ? 'Devices run' : 'Simulate devices'}</button>${problem && html`<span class="fail sm">${problem.detail}</span>`}</span>`;
}

function Current({ onWhy }) {
  const values = useCalm('values');
  use((s) => s.entities);
  const past = use((s) => s.past.at);
  const list = groups(values?.items);
  const known = values?.items.filter((v) => v.time).length ?? 0;
  return html`<section class="card" aria-label="Current values"><header><h2>${past ? 'Values' : 'Current values'}</h2><span class="end">${known ? 'last samples · value · age' : `${plural(list.length, 'device')}, ${plural(values?.items.length ?? 0, 'property', 'properties')}, none ${past ? 'had' : 'has'} sent yet`}</span></header>
    ${!values ? html`<div class="pad"><div class="skeleton"></div></div>` : html`<div class="vals">${list.map((g) => html`<${Group} key=${g.device} g=${g} onWhy=${onWhy} />`)}</div>`}
    ${values?.pending.length > 0 && html`<p class="pad warn sm">${plural(values.pending.length, 'chunk')} must be restored from the archive before older values can be read.</p>`}
  </section>`;
}

function Group({ g, onWhy }) {
  const now = useNow(1000);
  const stale = g.values.some((v) => freshness(v, now) === 'stale');
  return html`<div class="vgroup" data-device=${g.device}><h3><span class="el">${g.entity && html`<bdi>${g.entity}</bdi> / `}<a href=${href({ screen: 'devices', device: g.device })}><b><bdi>${g.component}</bdi></b></a></span>
      ${stale && html`<button class="whylink warn" onClick=${() => onWhy(g.device)}>Why no data?</button>`}</h3>
    ${g.values.map((v) => html`<${ValueRow} key=${v.property} v=${v} />`)}</div>`;
}

function Rules() {
  const firings = useTopic('firings');
  return html`<section class="card" aria-label="Rules"><header><h2>Rules</h2><span class="end">fired in ${rangeText()}</span></header>
    <div class="rows">${!firings ? html`<div><div class="skeleton"></div></div>` : firings.rules.length ? firings.rules.map((r) => html`<${RuleTicks} key=${r.rule} rule=${r} firings=${firings.items} />`) : html`<div class="ink2">No rules. They are in config_events.json.</div>`}</div></section>`;
}

function Needs({ onWhy }) {
  use((s) => s.topics);
  useNow(1000);
  const past = use((s) => s.past.at);
  const list = needs();
  return html`<section class="card" aria-label="Needs you" data-needs=${list.length}><header><h2>${past ? 'At that time' : 'Needs you'}</h2><span class="end">${list.length || ''}</span></header>
    <ul class="rows">${list.length ? list.slice(0, 8).map((n) => html`<li key=${n.id} class="need"><${Glyph} kind=${n.state} /><b class="clamp" title=${n.title}><bdi>${n.title}</bdi></b><p><bdi>${n.detail}</bdi></p>
      ${n.action && html`<button class="btn s" onClick=${() => (n.why && n.action === 'Why' ? onWhy(n.why) : go(n.go))}>${n.action}</button>`}</li>`)
      : html`<li class="ink2">Nothing. ${past ? 'No dead letter was open.' : 'Every measurement is accounted for.'}</li>`}</ul></section>`;
}

/** Seven cells in a line: what a phone has room for. */
function Strip() {
  const status = useTopic('status');
  use((s) => s.topics);
  const layers = theLayers();
  const look = (l) => (layers[l.layer] ? cellOf(layers[l.layer]) : { state: 'none', word: '' });
  return html`<ul class="card strip" aria-label="Layers">${(status?.layers ?? []).map((l) => html`<li key=${l.layer} class=${l.cloud}><a href=${href({ screen: 'topology' })} aria-label=${`${l.layer} on ${l.cloud}, ${look(l).figure}, ${look(l).word}`}><i><${Glyph} kind=${look(l).state} quiet /></i><span>${l.layer.replace('L3 ', '')}</span><small class="ink3"><bdi>${l.cloud}</bdi></small></a></li>`)}</ul>`;
}
