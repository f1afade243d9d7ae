// Logs and traces: where the time went, and what each hop said.
import { html, useState, useEffect, useRef } from '../lib/html.js';
import { state, use, present } from '../lib/store.js';
import { useUrl, go, href } from '../lib/url.js';
import { download, seg } from '../lib/api.js';
import { onLogs } from '../lib/stream.js';
import { count, ms, time, iso, plural } from '../lib/format.js';
import { short } from '../lib/twin.js';
import { freeze } from '../lib/keys.js';
import { Problem, Segments, Skeleton, useRead, Copy } from '../parts/bits.js';
import { Glyph, Swatch } from '../parts/marks.js';
import { Filter } from '../parts/filter.js';
import { Waterfall } from '../parts/waterfall.js';
import { useHeld } from '../parts/held.js';

const NAMES = { device: 'device', function: 'function', level: 'level', outcome: 'outcome', minMs: 'took' };

export function Logs() {
  const url = useUrl();
  const frozen = use((s) => s.frozen);
  const past = use((s) => s.past.at);
  const logs = url.view === 'logs';
  return html`<div class="page"><div class="head"><h1>Logs and traces</h1>
      <${Segments} label="View" value=${logs ? 'logs' : 'traces'} options=${[['traces', 'Traces'], ['logs', 'Logs']]} onChange=${(v) => go({ view: v === 'logs' ? 'logs' : null, trace: null })} />
      <${Filter} names=${NAMES} free="text" label="Filter of logs and traces" /><span class="grow"></span>
      <button class="btn" aria-pressed=${String(!!frozen)} disabled=${past} onClick=${freeze}>${frozen ? 'Go on' : 'Freeze view'} <kbd class="not-phone">p</kbd></button>
      ${url.trace && html`<button class="btn" onClick=${() => download(`traces/${seg(url.trace)}?format=otlp`, `trace-${url.trace}.json`)}>OTLP</button>`}</div>
    ${logs ? html`<${Lines} />` : html`<${Traces} />`}</div>`;
}

function Traces() {
  const url = useUrl();
  const frozen = use((s) => s.frozen);
  const { data, problem, load } = useRead('traces', { device: url.device, function: fullName(url.function), outcome: url.outcome === 'ok' ? 'ok' : url.outcome ? 'failed' : null, minMs: url.minMs?.replace(/[^\d.]/g, ''), limit: 100 }, { every: frozen ? 0 : 2000 });
  const held = useHeld(data?.items, (t) => t.id);
  // The first whose way has ended; else it would be shown with its first hop alone.
  const chosen = url.trace ?? (held.items.find((t) => present() - Date.parse(t.started) > 1500 + t.ms) ?? held.items[0])?.id;
  const high = Math.max(1, ...held.items.map((t) => t.ms));
  const auto = useRef(null);
  if (!url.trace && !auto.current && chosen) auto.current = chosen; // The first shown stays chosen while new ones come.
  const shown = url.trace ?? auto.current;
  return html`<div class="traces"><section class="card" aria-label="Traces"><header><h2>Newest</h2><span class="end">${held.newer ? html`<button class="btn s" onClick=${held.show}>${held.newer} newer</button>` : plural(held.items.length, 'trace')}</span></header>
      ${problem && html`<${Problem} problem=${problem} retry=${load} />`}
      ${!data ? html`<${Skeleton} rows=${8} />` : !held.items.length ? html`<div class="empty">No trace${url.device || url.outcome || url.minMs || url.function ? ' passes the filter' : ' yet: it begins with a measurement'}. ${state.project.mode === 'PRODUCTION' ? 'In PRODUCTION one event in 100 keeps its trace, and every one that fails.' : ''}</div>`
        : html`<ul class="rows tracelist" onMouseEnter=${held.hold} onMouseLeave=${held.free}>${held.items.map((t) => html`<li key=${t.id} class="item"><a data-row data-copy=${t.id} href=${href({ trace: t.id })} aria-current=${t.id === shown ? 'true' : undefined}><span class="row"><bdi class="b el">${t.device ?? 'no device'}</bdi>${t.outcome !== 'ok' && html`<span class="warn sm el"><${Glyph} kind="warn" quiet /> ${t.outcome}</span>`}<span class="grow"></span><b class="nw">${ms(t.ms)}</b></span>
          <span class="row"><span class="ink3 sm nw" title=${iso(t.started)}>${time(t.started, { ms: true, now: present() })}</span><span class="meter grow"><i class=${t.outcome === 'ok' ? '' : 'bad'} style=${{ width: `${(t.ms / high) * 100}%` }}></i></span></span></a></li>`)}</ul>`}</section>
    <div class="stack">${shown ? html`<${Trace} key=${shown} id=${shown} />` : ''}</div></div>`;
}

const fullName = (name) => (name ? state.plan?.functions.find((f) => f.name === name || short(f.name) === name)?.name ?? name : null);

function Trace({ id }) {
  const { data, problem, load } = useRead(`/traces/${seg(id)}`, {});
  const logs = useRead('logs', { trace: id, limit: 200 });
  useEffect(() => { // A trace that is still going on is read once more.
    const timer = setTimeout(() => { load(); logs.load(); }, 1500);
    return () => clearTimeout(timer);
  }, [id]);
  if (problem) return html`<${Problem} problem=${problem} retry=${load} />`;
  if (!data) return html`<section class="card"><${Skeleton} rows=${8} /></section>`;
  const usual = data.spans.every((s) => s.usual != null) ? data.spans.filter((s) => s.critical).reduce((n, s) => n + s.usual, 0) : null;
  const crossings = data.spans.filter((s) => s.connection || (s.sourceCloud && s.sourceCloud !== s.cloud)).length;
  return html`<section class="card" aria-label="Trace" data-trace=${id}><header><h2 class="el"><bdi>${data.device ?? 'trace'}</bdi></h2><bdi class="mono ink3 el" data-copy=${id}>${data.id}</bdi><${Copy} text=${data.id} /><span class="end"><b class="ink">${ms(data.ms)}</b>${usual ? `, usual ${usual.toFixed(1)}` : ''} · ${plural(crossings, 'crossing')}</span></header>
      ${!data.kept ? html`<div class="empty">This trace was not kept: in PRODUCTION one event in 100 keeps its lines, and every one that fails.</div>` : html`<div class="pad"><${Waterfall} trace=${data} /></div>`}</section>
    <section class="card" aria-label="Log of this trace"><header><h2>Log of this trace</h2><span class="end">${plural(logs.data?.items.length ?? 0, 'line')}, newest last</span></header><${LogTable} lines=${logs.data?.items ?? []} /></section>`;
}

const RANK = { DEBUG: 0, INFO: 1, WARN: 2, ERROR: 3 };

function Lines() {
  const url = useUrl();
  const frozen = use((s) => s.frozen);
  const [lines, setLines] = useState(null);
  const [waiting, setWaiting] = useState([]);
  const [dropped, setDropped] = useState(0);
  const level = url.level?.toUpperCase();
  const query = { function: fullName(url.function), device: url.device, level: level in RANK ? level : null, text: url.text, trace: url.trace, limit: 300 };
  const key = JSON.stringify(query);
  const first = useRead('logs', query);
  const held = useRef(false);
  const box = useRef();
  useEffect(() => { setLines(null); setWaiting([]); }, [key]);
  useEffect(() => { if (first.data && lines === null) setLines(first.data.items); }, [first.data]);
  useEffect(() => onLogs(({ items, dropped: lost }) => {
    const passes = (l) => (!query.function || l.function === query.function) && (!query.device || l.device === query.device) && (!query.level || RANK[l.level ?? 'INFO'] >= RANK[query.level]) && (!query.trace || l.trace_id === query.trace)
      && (!query.text || JSON.stringify(l).toLowerCase().includes(query.text.toLowerCase()));
    const fresh = items.filter(passes);
    if (lost) setDropped((n) => n + lost);
    if (!fresh.length) return;
    const away = box.current && box.current.scrollHeight - box.current.scrollTop - box.current.clientHeight > 60;
    if (held.current || away || state.frozen) setWaiting((w) => w.concat(fresh).slice(-1000));
    else setLines((l) => (l ?? []).concat(fresh).slice(-1000));
  }), [key]);
  const showAll = () => { setLines((l) => (l ?? []).concat(waiting).slice(-1000)); setWaiting([]); requestAnimationFrame(() => { if (box.current) box.current.scrollTop = box.current.scrollHeight; }); };
  useEffect(() => { if (!frozen && waiting.length && !held.current) showAll(); }, [frozen]);
  useEffect(() => { if (box.current && !waiting.length) box.current.scrollTop = box.current.scrollHeight; }, [lines]);
  return html`<section class="card logs" aria-label="Log"><header><h2>Log of all clouds</h2><span class="end row">${dropped > 0 && html`<span class="warn">${plural(dropped, 'line')} left out: too many</span>`}${waiting.length ? html`<button class="btn s" onClick=${showAll}>${waiting.length} newer</button>` : `${plural(lines?.length ?? 0, 'line')}, newest last`}</span></header>
    ${first.problem && html`<${Problem} problem=${first.problem} retry=${first.load} />`}
    <div class="logbox" ref=${box} role="log" aria-live=${frozen ? 'off' : 'off'} tabindex="0" aria-label="Log lines" onMouseEnter=${() => { held.current = true; }} onMouseLeave=${() => { held.current = false; }}>
      ${lines === null ? html`<${Skeleton} rows=${10} />` : lines.length ? html`<${LogTable} lines=${lines} />` : html`<div class="empty">No line passes the filter${Object.values(query).some((v) => v && v !== 300) ? html`. <button class="btn s" onClick=${() => go({ function: null, device: null, level: null, text: null, trace: null })}>Clear the filter</button>` : ' yet.'}</div>`}</div></section>`;
}

function LogTable({ lines }) {
  return html`<table class="tb logtable"><thead class="vh"><tr><th>Time</th><th>Level</th><th>Function</th><th>What</th></tr></thead><tbody>${lines.map((l, i) => html`<tr key=${l.time + l.function + i} class=${l.level === 'ERROR' || l.level === 'WARN' ? 'warnline' : ''}>
    <td class="mono ink3 nw" title=${l.time}>${time(l.time, { ms: true, now: present() })}</td><td class=${`mono ${l.level === 'ERROR' ? 'fail' : l.level === 'WARN' ? 'warn' : 'ink3'}`}>${l.level ?? 'INFO'}</td>
    <td><span class="row">${l.cloud && html`<${Swatch} cloud=${l.cloud} named />`}<bdi class="el">${short(l.function)}</bdi></span></td>
    <td class="mono"><bdi>${l.message ?? `${l.outcome ?? ''}${l.ms != null ? ` ${l.ms.toFixed(1)} ms` : ''}`}</bdi>${l.device ? html` <bdi class="ink3">${l.device}</bdi>` : ''}${l.fields ? html` <bdi class="ink3">${Object.entries(l.fields).map(([k, v]) => `${k}=${v}`).join(' ')}</bdi>` : ''}</td>
    <td class="r">${l.trace_id && html`<a class="link mono ink3" data-row href=${href({ screen: 'logs', view: null, trace: l.trace_id })}>trace</a>`}</td></tr>`)}</tbody></table>`;
}

