// Dead letters: how many, for what cause, is it fixed, what would a replay do; and the replay.
import { html, useState, useEffect } from '../lib/html.js';
import { state, useTopic, use } from '../lib/store.js';
import { useUrl, go, href } from '../lib/url.js';
import { post, save, ApiError } from '../lib/api.js';
import { count, duration, plural, shortId, time, value as text } from '../lib/format.js';
import { causeText, short } from '../lib/twin.js';
import { Problem, Segments, Sheet, Skeleton, useAction, useRead, Time, Copy } from '../parts/bits.js';
import { Glyph, Swatch } from '../parts/marks.js';
import { Filter } from '../parts/filter.js';
import { announce } from '../parts/announce.js';

const NAMES = { cause: 'cause', function: 'function', device: 'device', cloud: 'cloud', trace: 'trace' };

/** The filter of the address as the API has it: the same for the list, the dry run and the replay. */
const filterOf = (url) => Object.fromEntries(Object.entries({
  function: url.function ? state.plan?.functions.find((f) => f.name === url.function || short(f.name) === url.function)?.name ?? url.function : null,
  device: url.device, cloud: url.cloud, cause: url.cause, error: url.text, trace: url.trace,
}).filter(([, v]) => v));

export function Letters() {
  const url = useUrl();
  const past = use((s) => s.past.at);
  const live = useTopic('deadLetters');
  const filter = filterOf(url);
  const { data, problem, load } = useRead('dead-letters', { ...filter, at: past, limit: 1000 }, { every: past ? 0 : 4000 });
  const audit = useRead('audit', { limit: 30 }, { every: 8000 });
  const acts = (audit.data?.items ?? []).filter((a) => /replay|discard/i.test(a.action)).slice(0, 8);
  const groups = live?.groups ?? data?.groups ?? [];
  const total = live?.total ?? 0;
  const exportAll = async () => save(new Blob([(data?.items ?? []).map((l) => JSON.stringify(l)).join('\n') + '\n'], { type: 'application/x-ndjson' }), `${state.project.id}-dead-letters.ndjson`);
  const reload = () => { load(); audit.load(); };
  return html`<div class="page"><div class="head"><h1>Dead letters</h1><span class="sub">${plural(total, 'letter')} kept with cause and event</span><span class="grow"></span><${Filter} names=${NAMES} free="text" label="Filter of dead letters" /><button class="btn" disabled=${!data?.items.length} onClick=${exportAll}>Export NDJSON</button></div>
    ${problem && html`<${Problem} problem=${problem} retry=${load} />`}
    <div class="cols letters"><div class="stack">
      <section class="card" aria-label="By cause"><header><h2>By cause</h2></header><ul class="rows">${groups.map((g) => html`<${Group} key=${g.function + g.cause} g=${g} url=${url} />`)}${!groups.length && html`<li class="ink2">None. An event becomes a dead letter when it failed for good; here it would be shown with its error, and could be sent again.</li>`}</ul></section>
      ${data && data.items.length > 0 && html`<${List} data=${data} url=${url} reload=${reload} past=${past} />`}${!data && html`<section class="card"><${Skeleton} rows=${6} /></section>`}
      ${data && !data.items.length && Object.keys(filter).length > 0 && html`<section class="card empty">No letter passes the filter. <button class="btn s" onClick=${() => go(Object.fromEntries(Object.keys(NAMES).map((k) => [k, null])))}>Clear the filter</button></section>`}
    </div><aside class="card aside" aria-label="Replay"><${Replay} key=${JSON.stringify(filter)} filter=${filter} data=${data} past=${past} reload=${reload} />
      <div class="auditbox"><h3>Audit</h3>${acts.length ? html`<ul>${acts.map((a) => html`<li class="sm" key=${a.time + a.action}><span class="ink3"><${Time} at=${a.time} /></span> <bdi>${a.action} ${count(a.count)}${a.detail ? `, ${a.detail}` : ''}</bdi>, <span class="ink3">by ${a.by}</span></li>`)}</ul>` : html`<p class="sm ink3">Nothing was replayed or discarded yet.</p>`}</div></aside></div></div>`;
}

function Group({ g, url }) {
  const on = url.cause === g.cause && (!url.function || url.function === g.function || url.function === short(g.function));
  return html`<li class=${`item lgroup${on ? ' sel' : ''}`}><input type="checkbox" class="cb" checked=${on} aria-label=${`Only ${plural(g.letters, 'letter')} of ${g.cause}`} onChange=${() => go(on ? { cause: null, function: null } : { cause: g.cause, function: short(g.function) }, { replace: true })} />
    <b class="n">${count(g.letters)}</b><span class="grow"><bdi class="b clamp" title=${g.cause}>${causeText(g.cause)}</bdi><span class="sm ink2">${g.device && g.devices === 1 ? html`<bdi>${g.device}</bdi>` : plural(g.devices, 'device')}${g.codeChanged ? ', its code has changed since' : ''}</span></span>
    <span class="row"><${Swatch} cloud=${g.cloud} named /><bdi class="el">${short(g.function)}</bdi></span><span class="sm ink2 r nw not-phone">first <${Time} at=${g.first} /><br />last <${Time} at=${g.last} /></span></li>`;
}

function List({ data, url, reload, past }) {
  const items = data.items.slice(-200).reverse();
  const chosen = items.find((l) => l.id === url.letter) ?? items[0];
  const columns = columnsOf(items);
  return html`<section class="card" aria-label="Letters"><header><h2>${plural(data.total, 'letter')}</h2><span class="end">${data.items.length < data.total ? `of the first ${count(data.items.length)}, ` : items.length < data.total ? `the newest ${items.length}, ` : ''}newest first</span></header>
    <div class="pad scroll-x lettertable" tabindex="0" role="region" aria-label="List of letters"><table class="tb hover"><thead><tr><th>Time</th><th>Device</th>${columns.map((c) => html`<th class="not-phone"><bdi>${c}</bdi></th>`)}<th class="r not-phone">Attempts</th><th class="rest">Error</th></tr></thead><tbody>
      ${items.map((l) => html`<tr key=${l.id} aria-selected=${String(l === chosen)}><td class="nw"><a data-row data-copy=${l.id} href=${href({ letter: l.id })}><${Time} at=${l.time} ms /></a></td><td><bdi>${l.device ?? dig(l.event, 'device_id') ?? '–'}</bdi></td>${columns.map((c) => { const v = dig(l.event, c); return html`<td class=${`not-phone el${typeof v === 'string' ? ' warn' : ''}`} style=${{ maxWidth: '140px' }}><bdi>${v === undefined ? '' : typeof v === 'string' ? JSON.stringify(v) : text(v)}</bdi></td>`; })}<td class="r not-phone">${l.attempts}</td><td class="el rest" title=${l.error}><bdi>${causeText(l.error)}</bdi></td></tr>`)}</tbody></table></div>
    ${chosen && html`<${Letter} key=${chosen.id} l=${chosen} reload=${reload} past=${past} />`}</section>`;
}

const payload = (event) => event?.payload ?? event?.event ?? event ?? {};
const dig = (event, key) => payload(event)[key];
/** The properties that most of the shown letters have. */
function columnsOf(items) {
  const n = new Map();
  for (const l of items) for (const [k, v] of Object.entries(payload(l.event))) if (typeof v !== 'object' && !/^(iotDeviceId|time|timestamp|device_id|trace_id|event_id|source|type)$/.test(k)) n.set(k, (n.get(k) ?? 0) + 1);
  return [...n].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([k]) => k);
}

function Letter({ l, reload, past }) {
  const [edit, setEdit] = useState(null);
  const [ask, setAsk] = useState(false);
  const [send, busy, problem, done] = useAction(async (event) => { const r = await post('dead-letters/replay', { ids: [l.id], ...(event ? { event } : {}) }); reload(); return r; });
  const [discard, discarding, problem2] = useAction(async () => { await post('dead-letters/discard', { ids: [l.id] }); setAsk(false); reload(); });
  let parsed = null;
  try { parsed = edit == null ? null : JSON.parse(edit); } catch { /* said below */ }
  return html`<div class="letter" data-letter=${l.id}><div class="row wrap"><b><${Time} at=${l.time} ms /></b><span class="ink3"><bdi>${l.cloud}</bdi>, <bdi>${short(l.function)}</bdi>, ${plural(l.attempts, 'attempt')}</span><span class="grow"></span>
      <button class="btn s" disabled=${busy || past} onClick=${() => send()}>Replay this one</button><button class="btn s" disabled=${past} onClick=${() => setEdit(JSON.stringify(l.event, null, 2))}>Edit a copy…</button><a class="btn s" href=${href({ screen: 'logs', trace: l.trace_id })}>Trace</a><button class="btn s" disabled=${past} onClick=${() => setAsk(true)}>Discard…</button></div>
    <p class="sm warn" title=${l.error}><bdi>${causeText(l.error)}</bdi></p>
    ${(problem ?? problem2) && html`<${Problem} problem=${problem ?? problem2} />`}${done && html`<p role="status" class="sm">${done.replayed ? 'Replayed: it is on its way again.' : done.left[0]?.why}</p>`}
    <pre class="code wrap" tabindex="0" role="region" aria-label="Event"><bdi>${JSON.stringify(l.event, null, 1)}</bdi></pre>
    ${edit != null && html`<${Sheet} title="Edit a copy and replay it" onClose=${() => setEdit(null)}><p class="ink2">The edited event goes to ${short(l.function)} in place of the letter's.</p><textarea class="in" rows="14" aria-label="Event" autofocus value=${edit} onInput=${(e) => setEdit(e.target.value)}></textarea>${!parsed && html`<span class="fail sm">This is not a JSON object.</span>`}
      ${problem && html`<${Problem} problem=${problem} />`}<div class="row"><button class="btn p" disabled=${busy || !parsed} onClick=${async () => { if (await send(parsed)) setEdit(null); }}>Replay the copy</button></div></${Sheet}>`}
    ${ask && html`<${Sheet} title="Discard 1 dead letter" onClose=${() => setAsk(false)}><p>Its event is lost for good. Copy it first if you may need it.</p><div class="row"><${Copy} text=${JSON.stringify(l.event)} cls="btn">Copy the event</${Copy}><button class="btn p" disabled=${discarding} onClick=${() => discard()}>Discard it</button></div></${Sheet}>`}</div>`;
}

function Replay({ filter, data, past, reload }) {
  const [rate, setRate] = useState('20');
  const [stop, setStop] = useState('yes');
  const [many, setMany] = useState('all');
  const [typed, setTyped] = useState('');
  const [ran, setRan] = useState(null);
  const limit = many === 'all' ? undefined : Number(many);
  const [dry, busy, problem] = useAction(async () => { const r = await post('dead-letters/replay', { filter, limit, dryRun: true }); setRan({ ...r, at: Date.now(), limit }); setTyped(''); setResult(null); return r; });
  const [result, setResult] = useState(null);
  const [go1, going] = useAction(async () => {
    try {
      const r = await post('dead-letters/replay', { filter, limit: ran.limit, digest: ran.digest, rate: Number(rate), stopOnFirstFailure: stop === 'yes' });
      setResult({ done: r });
      announce(`Replayed ${r.replayed} of ${r.count}`);
      setRan(null);
    } catch (e) {
      if (!(e instanceof ApiError)) throw e;
      setResult({ refused: e.problem, before: ran.ids });
      setRan(null);
      if (e.problem.status === 409) announce('The replay was refused: the set has changed');
    }
    reload();
  });
  const [drop, dropping, problem3] = useAction(async () => { await post('dead-letters/discard', { filter, digest: ran.digest }); setRan(null); setAsk(false); reload(); });
  const [ask, setAsk] = useState(false);
  useEffect(() => { if (ran && ran.limit !== limit) setRan(null); }, [many]);
  const n = ran?.count ?? 0;
  const ready = ran && typed.trim() === String(n) && n > 0;
  return html`<header><h2>Replay</h2><span class="end">${ran ? `dry run done ${time(ran.at)}` : 'nothing is sent before a dry run'}</span></header><div class="pad replay" data-state=${result?.refused ? 'refused' : ran ? 'ready' : 'idle'}>
    ${ran ? html`<p class="big"><b>${count(n)}</b> <span class="sm ink2">${plural(n, 'letter').replace(/^\S+ /, '')}, exactly those in the filter</span></p><p class="mono ink3">digest ${(ran.digest ?? '').slice(0, 16).replace(/(.{4})/g, '$1 ')}</p>
        <ul class="findings">${(ran.findings.length ? ran.findings : ['Nothing speaks against it']).map((f) => html`<li class="row"><${Glyph} kind="ok" quiet /><bdi>${f}</bdi></li>`)}</ul>`
      : html`<p class="ink2">A dry run counts what the filter chooses, checks where it would go, and gives the set a digest. The replay carries that digest, and is refused when a letter has come or gone.</p>`}
    <div class="opt"><span>How many</span><${Segments} label="How many" value=${many} options=${[['10', 'first 10'], ['all', 'all']]} onChange=${setMany} /></div>
    ${ran && html`<div class="opt"><span>At most</span><${Segments} label="At most" value=${rate} options=${[['5', '5/s'], ['20', '20/s'], ['100', '100/s']]} onChange=${setRate} /></div>
      <div class="opt"><span>Stop at the first failure</span><${Segments} label="Stop at the first failure" value=${stop} options=${[['yes', 'yes'], ['no', 'no']]} onChange=${setStop} /></div>
      <p class="hint sm">Takes about ${duration(n / Number(rate))}. If a letter comes or goes before you start, the replay is refused and you see the difference. A letter that fails again stays.</p>
      <label class="field"><span>Type <b>${n}</b> to start</span><span class="row"><input class="in grow" inputmode="numeric" autocomplete="off" value=${typed} onInput=${(e) => setTyped(e.target.value)} data-typed /><button class="btn p" disabled=${!ready || going || past} data-go onClick=${() => go1()}>${going ? 'Sending…' : `Replay ${count(n)}`}</button></span></label>
      <div class="row"><button class="btn q s" disabled=${busy} onClick=${() => dry()}>Dry run again</button><button class="btn q s d" disabled=${dropping || past || ran.limit !== undefined} onClick=${() => setAsk(true)}>Discard ${count(n)}…</button></div>`}
    ${!ran && html`<button class="btn p" disabled=${busy || past || !data?.total} title=${past ? 'acts on the present' : ''} data-dry onClick=${() => dry()}>${busy ? 'Counting…' : 'Dry run'}</button>`}
    ${(problem ?? problem3) && html`<${Problem} problem=${problem ?? problem3} />`}
    ${result?.done && html`<p role="status"><${Glyph} kind=${result.done.left.length ? 'warn' : 'ok'} quiet /> Replayed ${count(result.done.replayed)} of ${count(result.done.count)}${result.done.left.length ? html`; ${count(result.done.left.length)} stay: <bdi>${result.done.left[0].why}</bdi>` : '.'}</p>`}
    ${result?.refused && html`<${Refused} problem=${result.refused} before=${result.before} again=${() => dry()} />`}
    ${ask && html`<${Sheet} title=${`Discard ${plural(n, 'dead letter')}`} onClose=${() => setAsk(false)}><p>Their events are lost for good. Export them first if you may need them.</p>${problem3 && html`<${Problem} problem=${problem3} />`}<div class="row"><button class="btn p" disabled=${dropping} onClick=${() => drop()}>Discard ${count(n)}</button></div></${Sheet}>`}</div>`;
}

/** 409: what came and went since the dry run. */
function Refused({ problem, before, again }) {
  // The server names what the filter chooses now; the dry run named what it chose then.
  const now = problem.ids ?? [];
  const came = problem.came ?? now.filter((id) => !before.includes(id));
  const went = problem.went ?? (problem.ids ? before.filter((id) => !now.includes(id)) : []);
  const list = (name, ids) => ids?.length > 0 && html`<li>${plural(ids.length, 'letter')} ${name}: <span class="mono">${ids.slice(0, 5).map(shortId).join(' ')}${ids.length > 5 ? ' …' : ''}</span></li>`;
  return html`<div class="problem" role="alert" data-refused><b>${problem.status === 409 ? 'Refused: the set has changed' : problem.title}</b><bdi>${problem.detail}</bdi><ul>${list('came', came)}${list('went', went)}</ul>${problem.fix && html`<span><b>Fix</b> ${problem.fix}</span>`}<span class="row"><button class="btn s" onClick=${again}>Dry run again</button><code>${problem.code}</code></span></div>`;
}

