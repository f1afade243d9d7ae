// Tiers: how far back is there data, on which cloud, what is missing, when does it move.
import { html, useState, useMemo } from '../lib/html.js';
import { state, useTopic, use, present } from '../lib/store.js';
import { useUrl, go } from '../lib/url.js';
import { post } from '../lib/api.js';
import { count, bytes, duration, plural, day, time, cron, exact } from '../lib/format.js';
import { Facts, Problem, Segments, Sheet, Skeleton, useAction, useRead, useWidth, Age, Time } from '../parts/bits.js';
import { sizeOf } from '../lib/twin.js';
import { Glyph, Swatch } from '../parts/marks.js';
import { ChangeCard, OtherStores } from '../parts/change.js';

const TITLE = { hot: 'L3 hot', cold: 'L3 cold', archive: 'L3 archive' };
const KIND = { hot: 'days, milliseconds', cold: 'months, seconds', archive: 'years, hours to restore' };
const DAYS = { '24h': 1, '7d': 7, '30d': 30, all: Infinity };

export function Tiers() {
  const url = useUrl();
  const tiers = useTopic('tiers');
  const past = use((s) => s.past.at);
  const [sheet, setSheet] = useState(null);
  const span = url.span in DAYS ? url.span : '7d';
  if (!tiers) return html`<div class="page"><h1>Tiers</h1><${Skeleton} rows=${6} /></div>`;
  const oldest = tiers.tiers.map((t) => t.oldest).filter(Boolean).sort()[0];
  const order = ['archive', 'cold', 'hot'].map((id) => tiers.tiers.find((t) => t.tier === id)).filter(Boolean);
  return html`<div class="page"><div class="head"><h1>Tiers</h1><span class="sub el grow">${oldest ? html`${duration((present() - Date.parse(oldest)) / 1000, true)} of <bdi>${state.project.twin}</bdi>, one timeline; the scale changes where the tier does` : 'nothing is stored yet'}</span>
      <${Segments} label="Range asked for" value=${span} options=${[['24h', '24 h'], ['7d', '7 d'], ['30d', '30 d'], ['all', 'all']]} onChange=${(v) => go({ span: v === '7d' ? null : v }, { replace: true })} />
      <button class="btn" disabled=${past} onClick=${() => setSheet('restore')}>Restore…</button><button class="btn" disabled=${past} title=${past ? 'acts on the present' : ''} onClick=${() => setSheet('move')}>Move now…</button></div>
    ${past && html`<p class="pill">What the tiers hold is of now; Overview and Devices show values as of the instant.</p>`}
    <${ChangeCard} />
    <${Timeline} tiers=${tiers} order=${order} days=${DAYS[span]} />
    <div class="tiercards">${order.map((t) => html`<${TierCard} key=${t.tier} t=${t} size=${sizeOf(tiers.sizes, TITLE[t.tier])} />`)}</div>
    <${OtherStores} />
    <${Chunks} order=${order} />
    ${sheet === 'move' && html`<${Move} order=${order} onClose=${() => setSheet(null)} />`}
    ${sheet === 'restore' && html`<${Restore} onClose=${() => setSheet(null)} />`}</div>`;
}

/** Archive, cold, hot from left to right; each linear in itself. */
function Timeline({ tiers, order, days }) {
  const [box, width] = useWidth(800);
  const devices = state.project.devices.map((d) => d.id).slice(0, 12);
  const now = present();
  const spans = useMemo(() => spansOf(tiers, order, now), [tiers]);
  const label = width < 600 ? 64 : 96;
  const w = width - label;
  const shares = spans.map((s) => (s.items ? 1 : 0.35));
  const sum = shares.reduce((a, b) => a + b, 0) || 1;
  let x = label;
  const parts = spans.map((s, i) => { const part = { ...s, x, w: (w * shares[i]) / sum - 6 }; x += (w * shares[i]) / sum; return part; });
  const high = Math.max(1, ...parts.flatMap((p) => [...p.perDay.values()]));
  const H = 60;
  const rowY = H + 38;
  const height = rowY + devices.length * 22 + 36;
  const asked = days === Infinity ? Math.min(...parts.map((p) => p.from)) : now - days * 86400000;
  const posOf = (t) => { const p = parts.find((q) => t >= q.from && t <= q.to && q.to > q.from) ?? parts[parts.length - 1]; return posIn(p, t); };
  const reads = parts.filter((p) => p.to > asked && p.items > 0);
  return html`<section class="card timeline" aria-label="Timeline of the tiers"><div ref=${box} class="tl" style=${{ height: `${height}px` }}>
    ${parts.map((p) => html`<div key=${p.tier} class=${`tlpart ${p.cloud}`} style=${{ left: `${p.x}px`, width: `${p.w}px` }}><div class="row" title=${`${p.tier} on ${p.cloud}`}><${Swatch} cloud=${p.cloud} />${p.w > 60 && html`<b>${p.tier}</b>`}${p.w > 110 && html`<bdi class="ink3 el">${p.cloud}</bdi>`}</div></div>`)}
    <svg width=${width} height=${height} role="img" aria-label=${parts.map((p) => `${p.tier} on ${p.cloud}: ${plural(p.items, 'item')}, ${plural(p.perDay.size, 'day')}`).join('; ')}>
      ${parts.map((p) => html`<g key=${p.tier} class=${p.cloud}>${[...p.perDay].map(([d, n]) => { const [l, r] = [posIn(p, d), posIn(p, d + 86400000)]; return html`<rect x=${l.toFixed(1)} y=${24 + H - (n / high) * H} width=${Math.max(1, r - l - 1.5).toFixed(1)} height=${((n / high) * H).toFixed(1)} fill="var(--c)" opacity="0.8"><title>${`${day(d)}: ${plural(n, 'item')}`}</title></rect>`; })}
        ${p.items > 0 && html`<text x=${p.x} y=${24 + H + 13} class="axis">${day(p.from)}</text><text x=${p.x + p.w} y=${24 + H + 13} class="axis" text-anchor="end">${p.tier === 'hot' ? 'now' : day(p.to)}</text>`}
        ${p.items === 0 && p.w > 60 && html`<text x=${p.x + p.w / 2} y=${24 + H / 2} class="axis" text-anchor="middle">empty</text>`}</g>`)}
      ${width >= 700 && parts.filter((p) => p.nextMove).map((p) => html`<text x=${p.x} y=${height - 6} class="axis">← ${cron(p.nextMove)}${p.w < 290 ? '' : `, what is older than ${plural(p.days ?? 0, 'day')}`}</text>`)}
      <text x="0" y="52" class="axis">items a day</text><text x="0" y="66" class="axis">${parts.some((p) => p.perDay.size) ? count(high) : '–'}</text>
      <path d=${`M${posOf(asked)} ${height - 30}v6H${parts[parts.length - 1].x + parts[parts.length - 1].w}v-6`} fill="none" stroke="var(--ink)" stroke-width="1.5" />
    </svg>
    ${devices.map((id, i) => html`<div key=${id} class="tlrow el" style=${{ top: `${rowY + i * 22}px`, width: `${label - 10}px` }}><bdi title=${id}>${id}</bdi></div>${parts.map((p) => runs(p.byDevice.get(id)).map(([a, b]) => { const [l, r] = [posIn(p, a), posIn(p, b)]; return html`<i key=${p.tier + a} class=${`pattern ${p.cloud} tlbar`} style=${{ left: `${l}px`, top: `${rowY + i * 22 + 5}px`, width: `${Math.max(3, r - l)}px` }}></i>`; }))}`)}
    </div>
    <p class="reads row wrap"><b>${days === Infinity ? 'everything' : `${days === 1 ? '24 h' : plural(days, 'day')}`} reads</b>${reads.length ? reads.map((p, i) => html`${i ? html`<span class="ink3">+</span>` : ''}<span class="row"><${Swatch} cloud=${p.cloud} /><b>${p.tier}</b><span class="ink2">${duration((p.to - Math.max(asked, p.from)) / 1000, true)}</span></span>`) : html`<span class="ink2">nothing: no tier has items of it</span>`}
      ${reads.some((p) => p.tier === 'archive') && html`<span class="warn"><${Glyph} kind="stale" quiet /> on some clouds archived chunks must be restored before they can be read</span>`}</p>
  </section>`;
}

/** Where an instant is in a tier's part, at its borders where it is outside. */
const posIn = (p, t) => p.x + ((Math.max(p.from, Math.min(p.to, t)) - p.from) / (p.to - p.from || 1)) * p.w;

function spansOf(tiers, order, now) {
  return order.map((t) => {
    const mine = tiers.days.filter((d) => d.tier === t.tier);
    const perDay = new Map();
    const byDevice = new Map();
    for (const d of mine) {
      const at = Date.parse(`${d.day}T00:00:00Z`);
      perDay.set(at, (perDay.get(at) ?? 0) + d.items);
      if (!byDevice.has(d.device)) byDevice.set(d.device, []);
      byDevice.get(d.device).push(at);
    }
    const starts = [...perDay.keys()].sort((a, b) => a - b);
    const from = starts.length ? Math.max(starts[0], t.oldest ? Date.parse(t.oldest) : 0) : now;
    const to = t.tier === 'hot' ? now : (starts[starts.length - 1] ?? now) + 86400000;
    return { ...t, perDay, byDevice, from, to: Math.max(to, from), items: [...perDay.values()].reduce((a, b) => a + b, 0) };
  });
}

/** Days put together where they follow one another: a gap stays a gap. */
function runs(days = []) {
  const result = [];
  for (const d of days.slice().sort((a, b) => a - b)) {
    const last = result[result.length - 1];
    if (last && d - last[1] < 1000) last[1] = d + 86400000;
    else result.push([d, d + 86400000]);
  }
  return result;
}

function TierCard({ t, size }) {
  const next = t.nextMove ? cron(t.nextMove) : null;
  const ratio = size?.bytes && size?.storedBytes ? `, ${(size.bytes / size.storedBytes).toFixed(1)} : 1` : '';
  return html`<section class="card" data-tier=${t.tier}><header><${Swatch} cloud=${t.cloud} /><h2>${t.tier}</h2><bdi class="ink3">${t.cloud}</bdi><span class="end">${KIND[t.tier]}</span></header><div class="pad"><${Facts} rows=${[
    ['Items', html`<span title=${exact(size?.items)}>${count(size?.items ?? (size?.chunks === 0 ? 0 : null))}</span>`], size?.chunks != null && ['Chunks', `${count(size.chunks)}${size.bytes ? `, ${bytes(size.bytes)}` : ''}`], size?.storedBytes != null && ['Stored', `${bytes(size.storedBytes)}${ratio}`],
    ['Oldest', t.oldest ? html`<${Time} at=${t.oldest} />` : '–'], ['Newest', t.newest ? (t.tier === 'hot' ? html`<${Age} at=${t.newest} after=" ago" short />` : html`<${Time} at=${t.newest} />`) : '–'], ['Devices', count(t.devices)]]} /></div>
    <p class="tierfoot ink2">${t.lastMove ? html`<${Glyph} kind="ok" quiet /> last move <${Time} at=${t.lastMove} seconds=${false} />` : html`<${Glyph} kind="none" quiet /> no move yet`}${next ? ` · next ${next}` : ''}${t.days != null ? ` · items stay ${plural(t.days, 'day')}` : ''}</p></section>`;
}

function Chunks({ order }) {
  const shown = order.filter((t) => t.tier !== 'hot');
  return html`<section class="card"><header><h2>Newest chunks</h2></header><div class="pad scroll-x" role="region" tabindex="0" aria-label="Chunks"><table class="tb"><thead><tr><th>Tier</th><th>Device</th><th>Range</th><th class="r">Items</th><th class="r">Size</th><th>State</th><th class="not-phone">Key</th></tr></thead>
    ${shown.map((t) => html`<${ChunkRows} key=${t.tier} t=${t} />`)}</table></div></section>`;
}

function ChunkRows({ t }) {
  const url = useUrl();
  const { data, problem } = useRead(`tiers/${t.tier}/chunks`, { limit: 20, device: url.device }, { every: 10000 });
  if (problem) return html`<tbody><tr><td colspan="7" class="fail">${problem.detail}</td></tr></tbody>`;
  const items = data?.items ?? [];
  return html`<tbody>${items.length ? items.map((c) => html`<tr key=${c.key}><td><span class="row"><${Swatch} cloud=${t.cloud} />${t.tier}</span></td><td><bdi>${c.device}</bdi></td><td class="nw">${time(c.from, { now: present(), seconds: false })} to ${time(c.to, { now: present(), seconds: false })}</td><td class="r">${count(c.items)}</td><td class="r nw">${bytes(c.bytes)}</td>
    <td class=${c.state === 'readable' ? '' : 'warn'}>${c.state === 'archived' ? 'must be restored' : c.state}</td><td class="mono ink3 not-phone el" style=${{ maxWidth: '240px' }} title=${c.key} data-copy=${c.key}><bdi>${c.key}</bdi></td></tr>`) : html`<tr><td><span class="row"><${Swatch} cloud=${t.cloud} />${t.tier}</span></td><td colspan="6" class="ink2">no chunk yet${t.tier === 'cold' ? `: the mover runs ${cron(order0()) || 'on its schedule'}, or now by “Move now…”` : ''}</td></tr>`}</tbody>`;
}
const order0 = () => state.plan?.schedules.find((s) => /hot-to-cold/.test(s.name) && /^\d+ \d+ /.test(s.cron))?.cron;

function Move({ order, onClose }) {
  const [which, setWhich] = useState('hot-to-cold');
  const [ahead, setAhead] = useState('0');
  const source = order.find((t) => t.tier === (which === 'hot-to-cold' ? 'hot' : 'cold'));
  const [run, busy, problem, done] = useAction(() => post('move', { move: which, ...(ahead === '0' ? {} : { now: new Date(Date.now() + Number(ahead) * 86400000).toISOString() }) }));
  const days = which === 'hot-to-cold' ? state.project.days?.hot : (state.project.days?.hot ?? 0) + (state.project.days?.cold ?? 0);
  return html`<${Sheet} title="Move now" onClose=${onClose}>
    <div class="opt"><span>Mover</span><${Segments} label="Mover" value=${which} options=${[['hot-to-cold', 'hot to cold'], ['cold-to-archive', 'cold to archive']]} onChange=${setWhich} /></div>
    <div class="opt"><span>As if it were</span><${Segments} label="As if it were" value=${ahead} options=${[['0', 'now'], [String(days ?? 7), `${days} d later`], [String((days ?? 7) * 2), `${(days ?? 7) * 2} d later`]]} onChange=${setAhead} /></div>
    <p class="ink2">Moves items older than ${plural(days ?? 0, 'day')} off ${source?.cloud}: copied, read back, and only then deleted.${ahead !== '0' ? ' A later instant moves younger items, too: they stay readable.' : ''}</p>
    ${problem && html`<${Problem} problem=${problem} />`}
    ${done && html`<p role="status">${done.busy ? 'The mover runs already.' : done.suspended ? `Nothing was moved: ${done.suspended}.` : `Moved ${plural(done.items, 'item')} in ${plural(done.chunks, 'chunk')}, ${bytes(done.bytes)}.`}${done.left?.length ? ` ${plural(done.left_count ?? done.left.length, 'chunk')} left: ${done.left[0].why}` : ''}</p>`}
    <div class="row"><button class="btn p" disabled=${busy} onClick=${() => run()}>${busy ? 'Moving…' : `Move ${which.replace(/-/g, ' ')}`}</button></div></${Sheet}>`;
}

function Restore({ onClose }) {
  const url = useUrl();
  const [device, setDevice] = useState(url.device ?? state.project.devices[0]?.id);
  const iso = (t) => new Date(t).toISOString().slice(0, 16);
  const [from, setFrom] = useState(iso(present() - 30 * 86400000));
  const [to, setTo] = useState(iso(present()));
  const [run, busy, problem, done] = useAction(() => post('restore', { device, from: `${from}:00Z`, to: `${to}:00Z` }));
  return html`<${Sheet} title="Restore from the archive" onClose=${onClose}>
    <p class="ink2">Asks the archive for the chunks of a range. Some clouds need hours; on this machine they can be read at once.</p>
    <label class="field"><span>Device</span><select class="in" value=${device} onChange=${(e) => setDevice(e.target.value)}>${state.project.devices.map((d) => html`<option value=${d.id}>${d.id}</option>`)}</select></label>
    <div class="row wrap"><label class="field"><span>From, UTC</span><input class="in" type="datetime-local" value=${from} onInput=${(e) => setFrom(e.target.value)} /></label><label class="field"><span>To, UTC</span><input class="in" type="datetime-local" value=${to} onInput=${(e) => setTo(e.target.value)} /></label></div>
    ${problem && html`<${Problem} problem=${problem} />`}
    ${done && html`<p role="status">${plural(done.readable, 'chunk')} can be read now${done.pending.length ? `, ${plural(done.pending.length, 'chunk')} is on its way` : ''}.</p>`}
    <div class="row"><button class="btn p" disabled=${busy || !device} onClick=${() => run()}>Restore <bdi>${device}</bdi></button></div></${Sheet}>`;
}
