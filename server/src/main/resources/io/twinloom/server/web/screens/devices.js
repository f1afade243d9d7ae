// Devices: what does it say now, how old is that, since when not, why; and the simulator.
import { html, useState, useMemo, useEffect } from '../lib/html.js';
import { state, use, useTopic, useCalm, useNow, present } from '../lib/store.js';
import { useUrl, go, href, rangeText } from '../lib/url.js';
import { post, download, seg } from '../lib/api.js';
import { age as old, count, duration, plural, value as text, time, iso } from '../lib/format.js';
import { useHistory } from '../lib/history.js';
import { freshness, ValueRow } from '../parts/values.js';
import { Chart, summary, nearest } from '../parts/chart.js';
import { Age, Facts, Problem, Sheet, Segments, useAction, useMedia, useRead, Time } from '../parts/bits.js';
import { Glyph, Swatch } from '../parts/marks.js';
import { Later } from '../parts/later.js';
import { groups } from '../lib/twin.js';

export function Devices() {
  const url = useUrl();
  const devices = useTopic('devices')?.items ?? state.project.devices;
  const chosen = devices.find((d) => d.id === url.device);
  if (url.device && !chosen) return html`<div class="page"><h1>Devices</h1><p>There is no device <bdi class="b">${url.device}</bdi> in this twin. <a href=${href({ device: null })}>All devices</a></p></div>`;
  return chosen ? html`<${Device} key=${chosen.id} device=${chosen} />` : html`<${All} devices=${devices} />`;
}

function All({ devices }) {
  const values = useCalm('values');
  const [simulate, setSimulate] = useState(false);
  const now = useNow(1000);
  const byDevice = new Map(groups(values?.items).map((g) => [g.device, g]));
  return html`<div class="page"><div class="head"><h1>Devices</h1><span class="sub">${plural(devices.length, 'device')}</span><span class="grow"></span><${Simulated} /><button class="btn" onClick=${() => setSimulate(true)}>Simulator…</button></div>
    ${devices.length === 0 && html`<section class="card"><div class="empty">This twin has no devices. They are listed in config_iot_devices.json.</div></section>`}
    <ul class="tiles">${devices.map((d) => {
      const g = byDevice.get(d.id);
      const stale = g?.values.some((v) => freshness(v, now) === 'stale');
      const refused = Object.values(d.refused ?? {}).reduce((a, b) => a + b, 0);
      return html`<li key=${d.id} class="card" data-device=${d.id}><header><a class="el" data-row href=${href({ device: d.id })}><h2><bdi>${d.id}</bdi></h2></a>
        <span class="end row">${d.simulated && html`<span>simulated</span>`}${stale ? html`<button class="whylink warn" onClick=${() => document.dispatchEvent(new CustomEvent('twinloom-why', { detail: d.id }))}>Why no data?</button>` : html`<span><${Age} at=${d.lastSeen} none="never seen" after=" ago" short /></span>`}</span></header>
        <div class="pad">${(g?.values ?? []).slice(0, 6).map((v) => html`<${ValueRow} key=${v.property} v=${v} />`)}
          ${(g?.values.length ?? 0) > 6 && html`<a class="link sm ink2" href=${href({ device: d.id })}>${g.values.length - 6} more</a>`}
          ${refused > 0 && html`<p class="sm warn">${plural(refused, 'message')} refused${d.lastRefusal ? html`: <bdi>${d.lastRefusal.reason}</bdi>` : ''}</p>`}</div></li>`;
    })}</ul>
    ${simulate && html`<${Simulator} onClose=${() => setSimulate(false)} />`}</div>`;
}

function Simulated() {
  const s = useTopic('simulator');
  if (!s?.running) return null;
  return html`<span class="ink2 sm nw">simulator: ${plural(s.devices.length, 'device')}, ${s.rate}/s, ${count(s.sent)} sent</span>`;
}

function Device({ device }) {
  const url = useUrl();
  const history = useHistory(device.id);
  const values = useCalm('values')?.items.filter((v) => v.device === device.id) ?? [];
  const past = use((s) => s.past.at);
  const wide = useMedia('(min-width: 1200px)');
  const now = useNow(1000);
  const [cursor, setCursor] = useState(null);
  const [sheet, setSheet] = useState(null);
  const table = url.view === 'table';
  const why = url.why === '1';
  const group = groups().find((g) => g.device === device.id);
  const stale = values.some((v) => freshness(v, now) === 'stale');
  useEffect(() => { setCursor(null); }, [history.from > 0 && history.loaded]);
  const properties = url.property && device.properties.some((p) => p.name === url.property) ? device.properties.filter((p) => p.name === url.property) : device.properties;
  const openWhy = () => go({ why: '1' });
  return html`<div class="page" data-device=${device.id}><div class=${why && wide ? 'cols' : ''}><div class="stack">
    <div class="head"><h1><bdi>${device.id}</bdi></h1>${group?.entity && html`<span class="sub el"><bdi>${group.entity}</bdi> / <bdi>${group.component}</bdi></span>`}
      ${stale ? html`<button class="pill warn" onClick=${openWhy}><${Glyph} kind="stale" quiet /> last stored <${Age} at=${device.lastStored} after=" ago" short /></button>` : !device.lastSeen && !past ? html`<span class="pill"><${Glyph} kind="none" quiet /> no message yet</span>` : ''}
      <span class="grow"></span><button class="btn" onClick=${openWhy}>Why</button>
      <button class="btn" disabled=${past} title=${past ? 'acts on the present' : ''} onClick=${() => setSheet('send')}>Send…</button><button class="btn" disabled=${past} onClick=${() => setSheet('simulate')}>Simulate…</button>
      <button class="btn" aria-pressed=${String(table)} onClick=${() => go({ view: table ? null : 'table' })}>${table ? 'Charts' : 'Table'}</button></div>
    ${history.problem && html`<${Problem} problem=${history.problem} retry=${history.load} />`}
    ${history.pending.length > 0 && html`<p class="pill warn"><${Glyph} kind="stale" quiet /> ${plural(history.pending.length, 'archived chunk')} must be restored first: <a href=${href({ screen: 'tiers', device: device.id })}>Tiers</a></p>`}
    ${table ? html`<${ValueTable} device=${device} history=${history} />` : html`<div class="charts">
      ${properties.map((p) => html`<${Property} key=${p.name} p=${p} v=${values.find((v) => v.property === p.name)} history=${history} cursor=${cursor} onCursor=${setCursor} onlyOne=${properties.length === 1} />`)}
      ${url.property ? '' : html`<${Measurements} device=${device} history=${history} />`}</div>`}
    ${!table && html`<${CursorLine} properties=${properties} history=${history} cursor=${cursor} />`}
    <section class="card"><header><h2>Channel</h2></header><div class="pad"><${Facts} rows=${[
      ['Connected', device.connected == null ? 'not known' : device.connected ? 'yes' : 'no'], ['Last message', html`<${Age} at=${device.lastSeen} after=" ago" />`], ['Last stored', html`<${Age} at=${device.lastStored} after=" ago" />`],
      ['Messages', count(device.messages)], ['In the hot store', count(device.items)], ['Expected every', duration(device.expectedSeconds)],
      ['Refused', html`<span class=${device.lastRefusal ? 'warn' : ''}>${Object.entries(device.refused ?? {}).map(([code, n]) => `${count(n)} ${code}`).join(', ') || '0'}</span>`],
      device.lastRefusal && ['Last refusal', html`<bdi>${device.lastRefusal.reason}</bdi>`], device.notStored && ['Not stored', html`<bdi class="warn">${device.notStored}</bdi>`]]} /></div></section>
    </div>
    ${why && wide && html`<aside class="card aside" aria-label="Why is there no data?"><header><h2>Why is there no data?</h2><button class="btn q s end" onClick=${() => go({ why: null })} aria-label="Close"><kbd>Esc</kbd></button></header><div class="pad"><${Later} part="whyPanel" device=${device.id} property=${url.property} /></div></aside>`}</div>
    ${why && !wide && html`<${Later} part="why" device=${device.id} property=${url.property} onClose=${() => go({ why: null })} />`}
    ${sheet === 'send' && html`<${Send} device=${device} onClose=${() => setSheet(null)} />`}
    ${sheet === 'simulate' && html`<${Simulator} only=${device.id} onClose=${() => setSheet(null)} />`}
  </div>`;
}

const pointsOf = (items, name) => items.filter((i) => i[name] !== undefined && i[name] !== null).map((i) => [Date.parse(i.timestamp), i[name]]);

function Property({ p, v, history, cursor, onCursor, onlyOne }) {
  const now = useNow(1000);
  const points = useMemo(() => pointsOf(history.items, p.name), [history.items, p.name]);
  const fresh = v ? freshness(v, now) : 'never';
  const age = v?.time ? (now - Date.parse(v.time)) / 1000 : null;
  const cut = fresh === 'stale' && points.length ? points[points.length - 1][0] : null;
  return html`<section class="card chart" data-property=${p.name}><header><h2 class="el"><a href=${href({ property: onlyOne ? null : p.name })}><bdi>${p.name}</bdi></a></h2>
      <span class="end nw"><span class=${fresh === 'stale' ? 'is-stale' : 'b ink'}><bdi>${text(v?.value)}</bdi>${v?.unit && html`<span class="unit">\u00a0<bdi>${v.unit}</bdi></span>`}</span> <span class=${fresh === 'stale' ? 'a-stale' : ''} title=${iso(v?.time)}>${fresh === 'stale' || fresh === 'late' ? html`<${Glyph} kind="stale" quiet tone="" /> ` : ''}${fresh === 'never' ? 'never' : old(age)}</span></span></header>
    <div class="pad">${!history.loaded ? html`<div class="skeleton" style=${{ height: '176px' }}></div>` : points.length ? html`<${Chart} name=${p.name} points=${points} unit=${p.unit} from=${history.from} to=${history.to} cut=${cut} cursor=${cursor} onCursor=${onCursor} height=${onlyOne ? 360 : 176} label=${summary(p.name, points, p.unit, rangeText(), age)} />`
      : html`<div class="empty" style=${{ height: '176px' }}><span>No value of <bdi>${p.name}</bdi> in the last ${rangeText()}.</span><span class="ink3">${v?.time ? html`The newest is of <${Time} at=${v.time} />.` : 'None has been stored yet.'}</span></div>`}</div></section>`;
}

/** How many were stored, in each of forty parts of the range. */
function Measurements({ device, history }) {
  const N = 40;
  const step = (history.to - history.from) / N;
  const bins = new Array(N).fill(0);
  for (const i of history.items) { const k = Math.floor((Date.parse(i.timestamp) - history.from) / step); if (k >= 0 && k < N) bins[k]++; }
  const dead = new Array(N).fill(0);
  const letters = useRead('dead-letters', { device: device.id, since: new Date(Math.floor(history.from / 60000) * 60000).toISOString(), limit: 1000 }, { every: 5000 });
  for (const l of letters.data?.items ?? []) { const k = Math.floor((Date.parse(l.time) - history.from) / step); if (k >= 0 && k < N) dead[k]++; }
  const died = dead.reduce((a, b) => a + b, 0);
  const high = Math.max(...bins.map((n, k) => n + dead[k]), 1);
  const h = (n) => (n / high) * 140;
  return html`<section class="card chart"><header><h2>measurements</h2><span class="end">${plural(history.items.length, 'item')}${history.cut ? ', the newest' : ''} stored in ${rangeText()}</span></header>
    <div class="pad"><svg class="bins" viewBox="0 0 400 150" preserveAspectRatio="none" role="img" aria-label=${`${plural(history.items.length, 'item')} stored in ${rangeText()}, ${plural(died, 'dead letter')}`}>${bins.map((n, i) => html`<rect x=${i * 10 + 1} width="8" y=${150 - h(n)} height=${h(n)} />${dead[i] > 0 && html`<rect class="died" x=${i * 10 + 1.5} width="7" y=${150 - h(n + dead[i])} height=${h(dead[i])} />`}`)}</svg>
      <span class="row sm ink3"><span class="grow">${history.parts.map(([tier, n]) => `${count(n)} ${tier}`).join(' + ') || 'nothing read'}${died ? html`, <a class="warn link" href=${href({ screen: 'letters', device: device.id })}>${plural(died, 'dead letter')}</a>` : ''}</span><${Swatch} cloud=${state.project.placement['L3 hot']} /> hot, ${state.project.placement['L3 hot']}</span></div></section>`;
}

function CursorLine({ properties, history, cursor }) {
  const at = cursor ?? null;
  if (at == null || !history.items.length) return null;
  const item = (name) => { const points = pointsOf(history.items, name); return points.length ? points[nearest(points, at)][1] : null; };
  return html`<section class="card cursor" aria-live="off"><${Facts} rows=${[['Cursor', time(at, { ms: false, now: present() })], ...properties.map((p) => [html`<bdi>${p.name}</bdi>`, html`<bdi>${text(item(p.name))}</bdi>${p.unit ? `\u00a0${p.unit}` : ''}`])]} /></section>`;
}

function ValueTable({ device, history }) {
  const rows = history.items.slice(-200).reverse();
  return html`<section class="card"><header><h2>Items</h2><span class="end">${rows.length < history.items.length ? `the newest ${rows.length} of ${count(history.items.length)}` : plural(rows.length, 'item')}</span></header>
    <div class="pad scroll-x" role="region" tabindex="0" aria-label="Items"><table class="tb"><thead><tr><th>Time</th>${device.properties.map((p) => html`<th class="r"><bdi>${p.name}</bdi>${p.unit ? ` (${p.unit})` : ''}</th>`)}</tr></thead>
      <tbody>${rows.map((i) => html`<tr key=${i.timestamp}><td><${Time} at=${i.timestamp} ms /></td>${device.properties.map((p) => html`<td class="r"><bdi>${text(i[p.name])}</bdi></td>`)}</tr>`)}</tbody></table></div></section>`;
}

function Send({ device, onClose }) {
  const start = JSON.stringify(Object.fromEntries(device.properties.map((p) => [p.name, p.dataType === 'BOOLEAN' ? true : p.dataType === 'STRING' ? 'text' : 0])), null, 2);
  const [body, setBody] = useState(start);
  let parsed = null;
  let wrong = '';
  try { parsed = JSON.parse(body); } catch (e) { wrong = e.message; }
  const [run, busy, problem, done] = useAction(() => post(`devices/${seg(device.id)}/messages`, parsed));
  return html`<${Sheet} title=${`Send as ${device.id}`} onClose=${onClose}>
    <label class="field"><span>Message, as the device would publish it</span><textarea class="in" rows="9" autofocus value=${body} onInput=${(e) => setBody(e.target.value)}></textarea></label>
    ${wrong && html`<span class="fail sm">${wrong}</span>`}${problem && html`<${Problem} problem=${problem} />`}
    <div class="row"><button class="btn p" disabled=${busy || !parsed} onClick=${() => run()}>Send to <bdi>${device.id}</bdi></button>${done && html`<span role="status">${done.acknowledged ? 'Acknowledged: it is on disk.' : 'Sent, not acknowledged.'} <span class="mono ink3">${done.topic}</span></span>`}</div></${Sheet}>`;
}

function Simulator({ only, onClose }) {
  const s = useTopic('simulator');
  const all = state.project.devices.map((d) => d.id);
  const [chosen, setChosen] = useState(only ? [only] : all);
  const [rate, setRate] = useState('2');
  const [span, setSpan] = useState('');
  const [start, busy, problem] = useAction(() => post('simulator/start', { rate: Number(rate), ...(chosen.length < all.length ? { devices: chosen } : {}), ...(span ? { for: span } : {}) }));
  const [stop, stopping, problem2] = useAction(() => post('simulator/stop'));
  return html`<${Sheet} title="Simulator" onClose=${onClose}>
    <p class="ink2">${s?.running ? `Sends ${s.rate}/s for ${plural(s.devices.length, 'device')}: ${count(s.sent)} sent, ${count(s.acknowledged)} acknowledged${s.refused ? `, ${count(s.refused)} refused` : ''}.` : "Plays the payloads of the project's simulator over the device channel, as real devices would."}</p>
    ${s?.error && html`<p class="fail"><bdi>${s.error}</bdi></p>`}
    ${!s?.running && html`<div class="opt"><span>Messages a second, over all</span><${Segments} label="Rate" value=${rate} options=${['1', '2', '10', '50'].map((r) => [r, `${r}/s`])} onChange=${setRate} /></div>
      <div class="opt"><span>For</span><${Segments} label="For" value=${span} options=${[['PT1M', '1 min'], ['PT10M', '10 min'], ['', 'until stopped']]} onChange=${setSpan} /></div>
      <fieldset class="stack"><legend class="sm ink2">Devices</legend>${all.map((id) => html`<label class="row"><input type="checkbox" class="cb" checked=${chosen.includes(id)} onChange=${(e) => setChosen(e.target.checked ? [...chosen, id] : chosen.filter((x) => x !== id))} /><bdi class="el">${id}</bdi></label>`)}</fieldset>`}
    ${(problem ?? problem2) && html`<${Problem} problem=${problem ?? problem2} />`}
    <div class="row wrap">${s?.running ? html`<button class="btn p" disabled=${stopping} onClick=${() => stop()}>Stop the simulator</button>` : html`<button class="btn p" disabled=${busy || !chosen.length} onClick=${() => start()}>Simulate ${plural(chosen.length, 'device')}</button>`}
      <button class="btn q" onClick=${() => download(`projects/${seg(state.project.id)}/simulator/package`, `${state.project.id}-simulator.zip`)}>Package for another machine</button></div></${Sheet}>`;
}

