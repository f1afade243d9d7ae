// Plan: what would a move of a layer change in cost, latency, exposure and data. It never writes.
import { html, useState, useEffect, useRef } from '../lib/html.js';
import { state, topic, use } from '../lib/store.js';
import { useUrl, go } from '../lib/url.js';
import { post, ApiError } from '../lib/api.js';
import { age, bytes, count, money, ms, plural, signed } from '../lib/format.js';
import { short, cloudRows, placement, sizeOf } from '../lib/twin.js';
import { LAYERS, KEYS } from '../grid/flows.js';
import { layerWords } from '../grid/grid.js';
import { rounded } from '../grid/layout.js';
import { Problem, Copy, Sheet, useAction, useMedia, useRead, useWidth } from '../parts/bits.js';
import { Cloud, Glyph, Swatch } from '../parts/marks.js';
import { ChangeCard } from '../parts/change.js';

const CONFIG = { L1: 'layer_1_provider', L2: 'layer_2_provider', 'L3 hot': 'layer_3_hot_provider', 'L3 cold': 'layer_3_cold_provider', 'L3 archive': 'layer_3_archive_provider', L4: 'layer_4_provider', L5: 'layer_5_provider' };
const BLOCK = { L1: 'L1', L2: 'L2', 'L3 hot': 'hot', 'L3 cold': 'cold', 'L3 archive': 'archive', L4: 'L4', L5: 'L5' };

/** Moves in the address: l3_cold:CLOUD,l4:CLOUD. */
const movesOf = (text) => Object.fromEntries((text ?? '').split(',').map((m) => m.split(':')).filter(([k, v]) => Object.values(KEYS).includes(k) && v));

export function Plan() {
  const url = useUrl();
  const moves = movesOf(url.move);
  const now = placement();
  const after = Object.fromEntries(LAYERS.filter((id) => now[id]).map((id) => [id, moves[KEYS[id]] ?? now[id]]));
  const moved = LAYERS.filter((id) => now[id] && after[id] !== now[id]);
  const setMove = (id, cloud) => {
    const next = { ...moves, [KEYS[id]]: cloud };
    if (cloud === now[id]) delete next[KEYS[id]];
    go({ move: Object.entries(next).map((e) => e.join(':')).join(',') }, { replace: true });
  };
  const changes = Object.fromEntries(moved.map((id) => [KEYS[id], after[id]]));
  const result = useWhatIf(changes);
  const [cheapest, setCheapest] = useState(false);
  return html`<div class="page"><div class="cols"><div class="stack">
      <div class="head"><h1>What if</h1><span class="sub">${moved.length ? moved.map((id) => `${BLOCK[id]} moves from ${now[id]} to ${after[id]}`).join(', ') + '?' : 'a layer moved to another cloud?'}</span><span class="grow"></span><span class="ink3 sm not-phone">drag a layer, or select it and press <kbd>↑</kbd> <kbd>↓</kbd></span>
        <button class="btn" disabled=${!moved.length} onClick=${() => go({ move: null })}>Reset</button><button class="btn" onClick=${() => setCheapest(true)}>Cheapest…</button></div>
      <${ChangeCard} />
      <${Blocks} now=${now} after=${after} onMove=${setMove} />
      ${result.problem && html`<${Problem} problem=${result.problem} retry=${result.load} />`}
      <${Figures} data=${result.data} moved=${moved.length > 0} />
      <${Costs} data=${result.data} cost=${result.cost} after=${after} moved=${moved.length > 0} />
      <${Latency} data=${result.data} />
    </div><aside class="card aside" aria-label="What changes"><${Changes} data=${result.data} cost=${result.cost} moved=${moved} now=${now} after=${after} /></aside></div>
    ${cheapest && html`<${Cheapest} now=${now} onClose=${() => setCheapest(false)} />`}</div>`;
}

function useWhatIf(changes) {
  const [result, setResult] = useState({ data: null, problem: null, cost: null });
  const key = JSON.stringify(changes);
  const project = use((s) => s.project?.id);
  const load = async (ended = () => false) => {
    try {
      const [data, cost] = await Promise.all([post('what-if', { placement: changes }), post('cost', {})]);
      if (!ended()) setResult({ data, cost, problem: null });
    } catch (e) {
      if (!ended()) setResult((r) => ({ ...r, problem: e instanceof ApiError ? e.problem : { title: 'The page failed', detail: e.message } }));
    }
  };
  useEffect(() => { let gone = false; load(() => gone); return () => { gone = true; }; }, [key, project]);
  return { ...result, load };
}

/** Seven blocks on the grid; a moved one has a double ring, its old place is dashed. */
function Blocks({ now, after, onMove }) {
  const [box, width] = useWidth(800);
  const phone = useMedia('(max-width: 639px)');
  const capabilities = use((s) => s.capabilities);
  const clouds = cloudRows(capabilities, now).map((r) => r.cloud);
  const ids = LAYERS.filter((id) => now[id]);
  const drag = useRef(null);
  const allowed = (id, cloud) => { const c = capabilities?.clouds.find((x) => x.id === cloud); return !c?.layers.length || c.layers.includes(id); };
  if (phone) {
    return html`<section class="card pad" style=${{ paddingTop: '12px' }}>${ids.map((id) => html`<label class="opt" key=${id}><span>${id} <span class="ink3 sm">${layerWords(id)}</span></span><select class="in" value=${after[id]} onChange=${(e) => onMove(id, e.target.value)}>${clouds.filter((c) => allowed(id, c)).map((c) => html`<option value=${c}>${c}${c === now[id] ? ' (now)' : ''}</option>`)}</select></label>`)}</section>`;
  }
  const label = 84;
  const cell = (width - label) / ids.length;
  const rowH = 52;
  const gap = 8;
  const top = 40;
  const cx = (i) => label + cell * (i + 0.5);
  const cy = (cloud) => top + clouds.indexOf(cloud) * (rowH + gap) + rowH / 2;
  const bw = Math.min(78, cell - 16);
  const height = top + clouds.length * (rowH + gap) + 4;
  const link = (a, b, place) => {
    const [i, j] = [ids.indexOf(a), ids.indexOf(b)];
    const [x1, y1, x2, y2] = [cx(i) + bw / 2, cy(place[a]), cx(j) - bw / 2, cy(place[b])];
    if (y1 === y2 && j - i === 1) return [[x1, y1], [x2, y2]];
    if (j - i === 1) { const m = (x1 + x2) / 2; return [[x1, y1], [m, y1], [m, y2], [x2, y2]]; }
    const lane = Math.max(y1, y2) + rowH / 2 - 4;
    return [[cx(i), y1 + 17], [cx(i), lane], [cx(j), lane], [cx(j), y2 + 17]];
  };
  const chain = ids.slice(0, 5);
  const pairs = chain.slice(1).map((id, i) => [chain[i], id]).concat([['L3 hot', 'L4'], ['L3 hot', 'L5']].filter(([, b]) => now[b]));
  const at = (e) => { const r = box.current.getBoundingClientRect(); const k = Math.floor((e.clientY - r.top - top) / (rowH + gap)); return clouds[Math.max(0, Math.min(clouds.length - 1, k))]; };
  const keys = (e, id) => {
    if (e.key !== 'ArrowUp' && e.key !== 'ArrowDown') return;
    e.preventDefault();
    e.stopPropagation();
    const free = clouds.filter((c) => allowed(id, c));
    const k = free.indexOf(after[id]) + (e.key === 'ArrowUp' ? -1 : 1);
    if (free[k]) onMove(id, free[k]);
  };
  return html`<div ref=${box} class="grid blocks" style=${{ height: `${height}px` }} role="group" aria-label="Layers and clouds">
    ${clouds.map((c) => html`<div key=${c} class=${`band ${c}`} style=${{ left: 0, right: 0, top: `${cy(c) - rowH / 2}px`, height: `${rowH}px` }}><span class="name"><${Swatch} cloud=${c} /> <bdi>${c}</bdi></span></div>`)}
    ${ids.map((id, i) => html`<div key=${id} class="colhead el" style=${{ left: `${cx(i) - cell / 2}px`, width: `${cell}px`, textAlign: 'center', lineHeight: '1rem' }}><b>${id}</b><br /><span>${layerWords(id)}</span></div>`)}
    <svg class="edges" width=${width} height=${height} aria-hidden="true">${pairs.map(([a, b]) => { const changed = now[a] !== after[a] || now[b] !== after[b]; return html`<g key=${a + b}>${changed && html`<path d=${rounded(link(a, b, now), 7)} fill="none" stroke="var(--ink3)" stroke-dasharray="2 3" />`}
      <path class=${after[b]} d=${rounded(link(a, b, after), 7)} fill="none" stroke="var(--c)" stroke-width="2" /></g>`; })}
      ${ids.map((id, i) => clouds.filter((c) => c !== after[id] && c !== now[id] && allowed(id, c)).map((c) => html`<circle cx=${cx(i)} cy=${cy(c)} r="2.5" fill="none" stroke="var(--edge)" />`))}</svg>
    ${ids.filter((id) => now[id] !== after[id]).map((id) => html`<span key=${`was-${id}`} class="block was" style=${{ left: `${cx(ids.indexOf(id)) - bw / 2}px`, top: `${cy(now[id]) - 17}px`, width: `${bw}px` }}>was here</span>`)}
    ${ids.map((id, i) => html`<button key=${id} class=${`block ${after[id]}${now[id] !== after[id] ? ' moved' : ''}`} style=${{ left: `${cx(i) - bw / 2}px`, top: `${cy(after[id]) - 17}px`, width: `${bw}px` }} data-block=${KEYS[id]} aria-label=${`${id} on ${after[id]}${now[id] !== after[id] ? `, now on ${now[id]}` : ''}; arrows move it`}
      onKeyDown=${(e) => keys(e, id)} onPointerDown=${(e) => { drag.current = id; e.currentTarget.setPointerCapture(e.pointerId); }} onPointerMove=${(e) => { if (drag.current === id) { const c = at(e); if (c !== after[id] && allowed(id, c)) onMove(id, c); } }} onPointerUp=${() => { drag.current = null; }}>${BLOCK[id]}</button>`)}</div>`;
}

const delta = (n, text) => (Math.abs(n) < 0.005 ? html`<span class="ink3">same</span>` : html`<span class="delta">${signed(n, text)}</span>`);
/** Of two amounts as they are shown, so that each row adds up. */
const cents = (n) => Math.round(n * 100) / 100;
const moneyDelta = (a, b, cur = '') => { const n = cents(b) - cents(a); return delta(n, cur + money(Math.abs(n))); };

function Figures({ data, moved }) {
  if (!data) return null;
  const { before, after, currency } = data;
  const cur = currency === 'USD' ? '$' : currency === 'EUR' ? '€' : '';
  const exposed = data.exposed?.length ?? 0;
  const box = (name, figure, change, sub) => html`<section class="card figure"><span class="sm ink3">${name}</span><span><b>${figure}</b> ${moved && change}</span><span class="sm ink2">${sub}</span></section>`;
  return html`<div class="figures">
    ${box('A month, expected', `${cur}${money(after.total.expected)}`, moneyDelta(before.total.expected, after.total.expected, cur), `low ${money(after.total.low)}, high ${money(after.total.high)}`)}
    ${box('Published to stored', ms(after.latency.storedMs.expected), delta(after.latency.storedMs.expected - before.latency.storedMs.expected, ms(Math.abs(after.latency.storedMs.expected - before.latency.storedMs.expected))), `low ${ms(after.latency.storedMs.low)}, high ${ms(after.latency.storedMs.high)}`)}
    ${box('Read from hot', ms(after.latency.readMs.expected), delta(after.latency.readMs.expected - before.latency.readMs.expected, ms(Math.abs(after.latency.readMs.expected - before.latency.readMs.expected))), `low ${ms(after.latency.readMs.low)}, high ${ms(after.latency.readMs.high)}`)}
    ${box('Crossings', count(after.crossings), delta(after.crossings - before.crossings, String(Math.abs(after.crossings - before.crossings))), exposed ? `${plural(exposed, 'function')} newly exposed` : 'no function newly exposed')}</div>`;
}

/** Costs by layer: the bar is after, the tick is before. */
function Costs({ data, cost, after, moved }) {
  if (!data || !cost) return null;
  const was = data.before.layers ?? cost.layers ?? {};
  const will = moved ? data.after.layers : was;
  const ids = LAYERS.filter((id) => was[KEYS[id]] || will?.[KEYS[id]]);
  const links = { now: (data.before.connections ?? cost.connections)?.expected, after: moved ? data.after.connections?.expected : cost.connections?.expected };
  const high = Math.max(0.01, ...ids.flatMap((id) => [was[KEYS[id]]?.expected ?? 0, will?.[KEYS[id]]?.expected ?? 0]), links.now ?? 0, links.after ?? 0);
  const line = (name, cloud, a, b) => html`<tr><td>${name}</td><td>${cloud ? html`<${Cloud} cloud=${cloud} />` : ''}</td><td><div class=${`costbar ${cloud ?? ''}`}><i style=${{ width: `${((b ?? a ?? 0) / high) * 100}%` }}></i><u style=${{ left: `${((a ?? 0) / high) * 100}%` }}></u></div></td><td class="r">${money(a)}</td><td class="r b">${b == null ? '–' : money(b)}</td><td class="r">${b == null || a == null ? '–' : moneyDelta(a, b)}</td></tr>`;
  const origin = cost.usage?.some((u) => u.origin === 'measured') ? 'measured here' : 'derived from the project and stated defaults';
  return html`<section class="card" aria-label="Cost a month"><header><h2>Cost a month, ${data.currency}</h2><span class="end">usage ${origin} · bar: after, tick: before</span></header><div class="pad scroll-x" role="region" tabindex="0" aria-label="Costs"><table class="tb"><thead><tr><th>Part</th><th>Cloud after</th><th style=${{ width: '30%' }}><span class="vh">Bar</span></th><th class="r">Now</th><th class="r">After</th><th class="r">Change</th></tr></thead><tbody>
    ${ids.map((id) => line(html`${id} <span class="ink3">${layerWords(id)}</span>`, after[id], was[KEYS[id]]?.expected, will?.[KEYS[id]]?.expected ?? (moved && !will ? null : 0)))}
    ${links.now != null && line('Connections, egress', null, links.now, links.after)}
    <tr class="b"><td>Expected</td><td></td><td></td><td class="r">${money(data.before.total.expected)}</td><td class="r">${money(data.after.total.expected)}</td><td class="r">${moneyDelta(data.before.total.expected, data.after.total.expected)}</td></tr></tbody></table>
    ${cost.warnings?.length > 0 && html`<ul class="sm ink3">${cost.warnings.slice(0, 4).map((w) => html`<li><bdi>${w}</bdi></li>`)}</ul>`}</div></section>`;
}

function Latency({ data }) {
  if (!data) return null;
  const row = (name, a, b) => html`<tr><td>${name}</td><td class="r">${ms(a.expected)}</td><td class="r b">${ms(b.expected)}</td><td class="r">${delta(b.expected - a.expected, ms(Math.abs(b.expected - a.expected)))}</td></tr>`;
  return html`<section class="card" aria-label="Latency"><header><h2>Latency</h2><span class="end">an estimate: between real clouds each crossing adds its round trip</span></header><div class="pad"><table class="tb"><thead><tr><th>Way</th><th class="r">Now</th><th class="r">After</th><th class="r">Change</th></tr></thead><tbody>
    ${row('Published to stored', data.before.latency.storedMs, data.after.latency.storedMs)}${row('Read from hot, where the twin is read', data.before.latency.readMs, data.after.latency.readMs)}</tbody></table></div></section>`;
}

/** Copying is assumed to reach this many bytes a second: what `bench changes` asks of this machine. */
const COPY_RATE = 15e6;

/** The data of a moved layer: how much, how long copying it takes, and what that costs once. */
function Carried({ d, cost }) {
  const title = LAYERS.find((id) => KEYS[id] === d.layer) ?? d.layer;
  const size = state.topics.status?.running ? sizeOf(topic('tiers')?.sizes, title) : null;
  const items = size?.items ?? d.items;
  // The hot store counts its items alone: their bytes are of the usual size.
  const volume = size?.bytes ?? (size && d.items > 0 ? (d.bytes / d.items) * items : d.bytes);
  const egress = cost?.lines?.find((l) => l.use === 'egress' && l.cloud === d.from)?.price?.expected;
  const sign = cost?.currency === 'USD' ? '$' : cost?.currency === 'EUR' ? '€' : '';
  const seconds = d.seconds ?? volume / COPY_RATE;
  return html`<div class="carried" data-carried=${d.layer}><b class="row"><${Swatch} cloud=${d.from} /> ${title} <span class="ink3">→</span> <${Swatch} cloud=${d.to} /> <bdi>${d.to}</bdi></b>
    ${volume > 0 ? html`<p>${[items && plural(Math.round(items), 'item'), size?.chunks && plural(size.chunks, 'chunk'), bytes(volume)].filter(Boolean).join(', ')} ${size ? 'stored now' : 'expected'}</p>
      <p class="ink2">copied in about <b>${age(Math.max(1, seconds))}</b>${d.seconds ? '' : ' at 15 MB/s'}, egress <b>${egress == null ? 'not priced' : `${sign}${money((volume / 1e9) * egress)}`}</b> once</p>` : html`<p class="ink2">nothing is stored in it yet</p>`}
    <p class="sm ink2"><bdi>${d.how}</bdi></p></div>`;
}

function Changes({ data, cost, moved, now, after }) {
  const validation = useRead('validation');
  if (!moved.length) {
    return html`<header><h2>What changes</h2></header><div class="pad stack"><p class="ink2">Move a layer to see what would come and go, what would be exposed, how much data moves with it, how long that takes and what it costs, and the line to write. Nothing here changes the project.</p>
      ${validation.data && html`<p class="sm"><${Glyph} kind=${validation.data.valid ? 'ok' : 'fail'} quiet /> the project is ${validation.data.valid ? 'valid' : 'invalid'}${validation.data.problems.length ? `, ${plural(validation.data.problems.length, 'problem')}` : ''}</p><ul class="sm">${validation.data.problems.slice(0, 6).map((p) => html`<li class=${p.severity === 'error' ? 'fail' : 'warn'}><bdi>${p.file}${p.line ? `:${p.line}` : ''}: ${p.message}</bdi></li>`)}</ul>`}</div>`;
  }
  const list = (title, sign, items) => items.length > 0 && html`<h3>${title}</h3><ul>${items.map((c) => html`<li class="row chg"><b class="mono">${sign}</b><bdi class="mono el" title=${c.details}>${short(c.name)}</bdi><span class="ink3 sm end">${c.part}</span></li>`)}</ul>`;
  const of = (kind) => (data?.changes ?? []).filter((c) => c.change === kind && c.part !== 'topic');
  const lines = moved.map((id) => `  "${CONFIG[id]}": "${after[id]}",`).join('\n');
  return html`<header><h2>What changes</h2><span class="end">${data ? plural(data.changes.length, 'thing') : ''}</span></header><div class="pad stack">
    ${!data ? html`<div class="skeleton"></div>` : html`${data.data.length > 0 && html`<h3>Data that moves</h3>${data.data.map((d) => html`<${Carried} d=${d} cost=${cost} />`)}`}${list('Goes', '−', of('removed'))}${list('Comes', '+', of('added'))}${list('Moves or changes', '→', of('changed'))}
      ${data.exposed.length > 0 && html`<h3>Newly exposed</h3><ul>${data.exposed.map((e) => html`<li class="row chg"><b class="mono">⇒</b><bdi class="mono el" title=${e.why}>${short(e.function)}</bdi><span class="ink3 sm end">${e.cloud}</span></li>`)}</ul>`}`}
    <p>Nothing has changed yet. To do it, write ${moved.length === 1 ? 'this line' : 'these lines'} and deploy:</p>
    <pre class="code" tabindex="0" role="group" aria-label="Lines to write"><span class="ink3">config_providers.json</span>${'\n'}${moved.map((id) => html`<span class="ink3">-  "${CONFIG[id]}": "${now[id]}",</span>${'\n'}<b>+  "${CONFIG[id]}": "${after[id]}",</b>${'\n'}`)}</pre>
    <div class="row wrap"><${Copy} text=${lines} cls="btn p">${moved.length === 1 ? 'Copy the line' : 'Copy the lines'}</${Copy}></div></div>`;
}

function Cheapest({ now, onClose }) {
  const [run, busy, problem, data] = useAction(() => post('optimize', {}));
  useEffect(() => { run(); }, []);
  const choose = (p) => { const move = LAYERS.filter((id) => now[id] && p[KEYS[id]] && p[KEYS[id]] !== now[id] && p[KEYS[id]] !== 'none').map((id) => `${KEYS[id]}:${p[KEYS[id]]}`).join(','); onClose(); go({ move }); };
  const row = (name, c) => html`<tr><td>${name}</td><td class="r">${money(c.cost.expected)}</td><td class="r">${c.clouds}</td><td class="r">${c.crossings}</td><td class="r nw">${ms(c.latency.storedMs.expected)}</td><td class="r"><button class="btn s" onClick=${() => choose(c.placement)}>Show</button></td></tr>`;
  return html`<${Sheet} title="Placements compared" onClose=${onClose}>${busy && html`<p class="ink2">Prices every placement…</p>`}${problem && html`<${Problem} problem=${problem} retry=${() => run()} />`}
    ${data && html`<p class="ink2">${count(data.examined)} placements, ${data.currency} a month.</p><div class="scroll-x" role="region" tabindex="0" aria-label="Placements"><table class="tb"><thead><tr><th>Placement</th><th class="r">Cost</th><th class="r">Clouds</th><th class="r">Crossings</th><th class="r">To stored</th><th></th></tr></thead><tbody>${row('as it is', data.current)}${row('cheapest', data.best)}${data.fewerClouds && row('nearest with fewer clouds', data.fewerClouds)}${(data.front ?? []).slice(0, 8).map((c, i) => row(`on the front, ${i + 1}`, c))}</tbody></table></div>`}</${Sheet}>`;
}

