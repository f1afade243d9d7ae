// What the topics say about the twin, as the screens need it: cells, edges, what needs a person.
import { state, topic, present } from './store.js';
import { flowsOf, layersOf, shortName, USER_KINDS } from '../grid/flows.js';
import { age, bytes, count, duration, plural, rate, time, cron, ms } from './format.js';
import { freshness } from '../parts/values.js';

const memo = (make) => {
  let keys = [];
  let result;
  return (...args) => {
    if (args.length !== keys.length || args.some((a, i) => a !== keys[i])) {
      keys = args;
      result = make(...args);
    }
    return result;
  };
};

export const layersNow = memo((plan, placement) => layersOf(plan, placement));
export const flowsNow = memo((plan, layers) => flowsOf(plan, layers));
const placed = memo((text) => JSON.parse(text));
/** Where each layer is: where the twin runs it now, which a change moves before or after the project says so. */
export function placement() {
  const status = topic('status');
  const now = status?.running ? status.layers.map((l) => [l.layer, l.cloud]) : [];
  return placed(JSON.stringify({ ...state.project?.placement, ...Object.fromEntries(now) }));
}
export const theLayers = () => layersNow(state.plan, placement());
export const theFlows = () => flowsNow(state.plan, theLayers());

/** The rows of the grid: every cloud, those without a layer thin. */
export const cloudRows = memo((capabilities, place) => {
  const used = new Set(Object.values(place));
  const all = capabilities?.clouds.map((c) => c.id) ?? [...used].sort();
  return all.map((cloud) => ({ cloud, thin: used.has(cloud) ? 44 : 26, used: used.has(cloud) }));
});

// Counts of invocations over the last seconds: the rate that is now, where it is high enough to say.
const samples = [];
export const forget = () => { samples.length = 0; };
export function sample(status) {
  const now = Date.now();
  if (samples.length && now - samples[samples.length - 1].at < 900) return;
  samples.push({ at: now, n: new Map(status.functions.map((f) => [f.name, f.invocations])) });
  while (samples.length > 960) samples.shift();
}

/** {rate, moving} of a function: of the last 15 s where enough happened, else of the window. */
export function rateOf(name) {
  const hop = topic('traffic')?.hops.find((h) => h.function === name);
  if (!state.past.at) {
    const last = samples[samples.length - 1];
    const first = samples.find((s) => last && s.at >= last.at - 15500);
    if (last && first && last.at - first.at > 4000 && first.n.has(name)) {
      const n = last.n.get(name) - first.n.get(name);
      const r = n / ((last.at - first.at) / 1000);
      if (n >= 5) return { rate: r, moving: r };
      if (n === 0 && (hop?.rate ?? 0) > 0.2) return { rate: 0, moving: 0 };
    }
  }
  const quiet = hop?.last ? (present() - Date.parse(hop.last)) / 1000 : Infinity;
  return { rate: hop?.rate ?? null, moving: hop && quiet < 15 ? hop.rate : 0 };
}

/** The rate of published measurements over the last minutes, as [time, perSecond]. */
export function rateHistory(name) {
  const points = [];
  for (let i = 5; i < samples.length; i++) {
    const a = samples[i - 5];
    const b = samples[i];
    points.push([b.at, ((b.n.get(name) ?? 0) - (a.n.get(name) ?? 0)) / ((b.at - a.at) / 1000)]);
  }
  return points;
}

export const functionOf = (kind) => state.plan?.functions.find((f) => f.function === kind)?.name;
export const short = (name) => shortName(name ?? '', state.plan?.twin);
export const isUserCode = (name) => USER_KINDS.has(state.plan?.functions.find((f) => f.name === name)?.function);

/** The size of a tier: of its current store, where there are others beside it. */
export const sizeOf = (sizes, tier) => sizes?.find((s) => s.tier === tier && s.cloud === placement()[tier]) ?? sizes?.find((s) => s.tier === tier);
const size = (tier) => sizeOf(topic('tiers')?.sizes, tier) ?? sizeOf(topic('status')?.tiers, tier);

/** Connections whose circuit is open, with their traffic. */
export const openCircuits = () => topic('traffic')?.connections.filter((c) => c.state === 'open' || c.state === 'probing') ?? [];

/** What a layer's cell says: {figure, word, state, tone}. */
export function cellOf(layer) {
  const status = topic('status');
  const healthy = status?.layers.find((l) => l.layer === layer.id)?.healthy ?? true;
  const cell = facts(layer);
  if (status && !status.running) return { ...cell, state: 'none', word: 'not running' };
  if (!healthy) return { ...cell, state: 'fail', word: 'does not run', tone: 'fail' };
  const open = openCircuits().find((c) => state.plan?.functions.find((f) => f.name === c.receiver)?.layer === layer.id
    && ['hot-writer', 'twin-updater', 'ingestion'].includes(state.plan.functions.find((f) => f.name === c.receiver).function));
  if (open) {
    const stored = layer.id === 'L3 hot' ? lastOf('lastStored') : open.last;
    return { figure: cell.figure, word: stored ? `last ${age((present() - Date.parse(stored)) / 1000)} ago` : 'nothing arrives', state: 'fail', tone: 'fail', broken: true };
  }
  return cell;
}

/** The newest of an instant that every device has. */
export const lastOf = (what) => (topic('devices')?.items ?? []).map((d) => d[what]).filter(Boolean).sort().pop();

function facts(layer) {
  switch (layer.id) {
    case 'L1': {
      const devices = topic('devices')?.items ?? [];
      const n = state.project?.devices.length ?? devices.length;
      if (state.past.at) return { figure: plural(n, 'device'), word: topic('traffic') ? rate(rateOf(functionOf('dispatcher')).rate) : '', state: 'ok' };
      const seen = devices.some((d) => d.lastSeen);
      return seen ? { figure: plural(n, 'device'), word: rate(rateOf(functionOf('dispatcher')).rate ?? 0), state: 'ok' }
        : { figure: n ? 'none yet' : 'no devices', word: '0/s', state: 'none' };
    }
    case 'L2': return processing(layer);
    case 'L3 hot': {
      const s = size('L3 hot');
      return { figure: plural(s?.items ?? 0, 'item'), word: `${state.project?.days?.hot ?? '\u2013'}\u00a0d`, state: s?.items ? 'ok' : 'none' };
    }
    case 'L3 cold': case 'L3 archive': {
      const s = size(layer.id);
      return { figure: plural(s?.chunks ?? 0, 'chunk'), word: s?.items ? plural(s.items, 'item') : s?.chunks ? bytes(s.storedBytes ?? s.bytes) : 'empty', state: s?.chunks ? 'ok' : 'none' };
    }
    case 'L4': {
      const values = topic('values')?.items ?? [];
      const known = values.filter((v) => v.time);
      const entities = state.entities?.items.length;
      const oldest = known.length && known.every((v) => freshness(v) === 'stale') ? Math.min(...known.map((v) => present() - Date.parse(v.time))) : 0;
      return {
        figure: entities ? plural(entities, 'entity', 'entities') : 'twin', state: oldest ? 'stale' : known.length ? 'ok' : 'none', tone: oldest ? 'warn' : '',
        word: oldest ? `values ${duration(oldest / 1000, true)}` : known.length ? plural(known.length, 'value') : 'no values',
      };
    }
    default: return { figure: 'this page', word: '', state: 'ok' };
  }
}

function processing(layer) {
  const n = layer.functions.length + layer.user.length;
  const figure = plural(n, 'function');
  const ledger = topic('ledger');
  const names = new Set([...layer.functions, ...layer.user].map((f) => f.name));
  const failed = (topic('deadLetters')?.groups ?? []).filter((g) => names.has(g.function)).reduce((sum, g) => sum + g.letters, 0);
  const queued = queueIsOld(ledger);
  if (queued) return { figure, word: `${count(ledger.queued)} queued`, state: 'stale', tone: 'warn' };
  if (failed) return { figure, word: `${count(failed)} failed`, state: 'warn', tone: 'warn' };
  const r = rateOf(functionOf('processor')).rate;
  return { figure, word: r ? rate(r) : 'ready', state: 'ok' };
}

export const queueIsOld = (ledger) => !!ledger?.queued && (ledger.oldestQueuedSeconds ?? 0) > 10;

/** What an edge shows: {text, sub, speed 0..3, open, tone, title}. */
export function edgeOf(edge) {
  const traffic = topic('traffic');
  const all = edge.connections.map((c) => traffic?.connections.find((t) => t.id === c.id)).filter(Boolean);
  const broken = all.find((c) => c.state === 'open' || c.state === 'probing');
  const names = `${edge.fromCloud ?? ''} to ${edge.toCloud ?? ''}, ${short(edge.fromFn) || 'view'} to ${short(edge.toFn)}`;
  if (broken) {
    const since = broken.stateSince ? duration((present() - Date.parse(broken.stateSince)) / 1000, true) : '';
    return { text: `open ${since}`, sub: broken.stateSince ? `since ${time(broken.stateSince, { seconds: false })}` : 'circuit open', speed: 0, open: true, tone: 'fail', title: `${names}, circuit open` };
  }
  if (edge.kind === 'scheduled') {
    const s = state.plan?.schedules.find((x) => x.function === edge.fromFn && /^\d+ \d+ /.test(x.cron));
    const words = cron(s?.cron);
    const last = all[0]?.last;
    return { text: words.split(/[ ,]/)[0] || 'scheduled', sub: last ? `last ${time(last, { seconds: false, now: present() })}` : words.replace(/^\w+,? ?/, ''), speed: 0, title: `${names}, ${words}, ${last ? `last request ${time(last)}` : 'not run yet'}` };
  }
  const r = rateOf(edge.toFn);
  const moving = edge.kind === 'read' ? 0 : r.moving ?? 0;
  const p95 = all.length ? Math.max(0, ...all.map((c) => c.ms?.p95 ?? 0)) : traffic?.hops.find((h) => h.function === edge.toFn)?.ms?.p95;
  const speed = moving >= 5 ? 3 : moving >= 1 ? 2 : moving > 0 ? 1 : 0;
  const usual = traffic?.hops.find((h) => h.function === edge.toFn)?.usual;
  const shown = all.length && !all.some((c) => c.requests) ? '\u2013' : rate(all.length ? Math.max(...all.map((c) => (all.length === 1 && r.rate != null ? r.rate : c.rate))) : r.rate);
  return {
    text: shown, sub: p95 ? `p95 ${p95 >= 1000 ? `${(p95 / 1000).toFixed(1)}\u00a0s` : p95 >= 10 && p95 < 100 ? `${Math.round(p95)}\u00a0ms` : ms(p95)}` : 'no request', speed, title: `${names}, ${shown}${p95 ? `, p95 ${ms(p95)}` : ''}, circuit ${all.length ? 'closed' : 'not needed'}`,
    slow: p95 && usual && p95 > 10 * usual && p95 > 200 && all.some((c) => c.requests > 200),
  };
}

/** What a person should look at, the worst first: {id, state, title, detail, action, href}. */
export function needs() {
  const list = [];
  const status = topic('status');
  const ledger = topic('ledger');
  const letters = topic('deadLetters');
  // Warnings and changes are of the present.
  const warnings = warningsOf(state.past.at ? null : status);
  if (!state.past.at && status && !status.running) return [{ id: 'off', state: 'none', title: 'The twin is not running', detail: `./twinloom up ${state.project?.id ?? ''}` }];
  for (const c of openCircuits()) {
    const f = state.plan?.functions.find((x) => x.name === c.receiver);
    list.push({ id: `open-${c.id}`, state: 'fail', title: `${short(c.receiver)} on ${c.to} does not answer`, detail: `circuit ${c.from} \u21d2 ${c.to} open${c.stateSince ? ` since ${time(c.stateSince)}` : ''}; requests wait`, action: 'Look', go: { screen: 'topology', crossing: c.id }, layer: f?.layer });
  }
  if (ledger && !ledger.addsUp && ledger.missing > 0) list.push({ id: 'ledger', state: 'fail', title: `${count(ledger.missing)} missing`, detail: 'the ledger does not add up', action: 'Logs', go: { screen: 'logs', level: 'WARN' } });
  for (const l of status?.layers ?? []) if (!l.healthy) list.push({ id: `layer-${l.layer}`, state: 'fail', title: `${l.layer} on ${l.cloud} does not run`, detail: status.warnings[0] ?? '', action: 'Logs', go: { screen: 'logs', level: 'WARN' } });
  const change = state.past.at ? null : status?.change;
  if (change && (change.state === 'failed' || change.waitingFor)) list.push({ id: 'change', state: change.state === 'failed' ? 'fail' : 'stale', title: `A change of ${change.layer ?? 'the twin'} ${change.state === 'failed' ? 'has failed' : 'waits'}`, detail: change.waitingFor ?? '', action: 'Look', go: { screen: 'tiers' } });
  if (queueIsOld(ledger)) list.push({ id: 'queue', state: 'stale', title: `${count(ledger.queued)} queued, oldest ${duration(ledger.oldestQueuedSeconds)}`, detail: 'kept on disk; nothing is lost' });
  for (const g of letters?.groups ?? []) {
    if (isUserCode(g.function) || /processor$/.test(g.function)) {
      const device = deviceOf(g.function) ?? (g.devices === 1 ? g.device : null);
      list.push({ id: `code-${g.function}-${g.cause}`, state: 'warn', title: device ? `${device}: your code fails` : isUserCode(g.function) ? `${short(g.function)}: your code fails` : 'Your code fails', detail: `${causeText(g.error)}, ${g.codeChanged ? 'changed since' : `since ${time(g.first, { now: present() })}`}`, action: device ? 'Why' : 'Letters', why: device, go: { screen: 'letters', cause: g.cause, function: short(g.function) } });
    }
  }
  if (letters?.total) list.push({ id: 'letters', state: 'warn', title: plural(letters.total, 'dead letter'), detail: letters.groups.slice(0, 3).map((g) => `${count(g.letters)} ${deviceOf(g.function) ?? short(g.function)}`).join(', '), action: 'Replay', go: { screen: 'letters' } });
  for (const [what, who] of warnings) {
    const [, title, detail] = /^(.{8,90}?)[:.;] (.+)$/s.exec(what) ?? [0, what.replace(/\.$/, ''), ''];
    list.push({ id: `w-${what}`, state: 'warn', title, detail: [detail, [...who].join(', ')].filter(Boolean).join(' · ') });
  }
  for (const d of topic('devices')?.items ?? []) {
    const n = Object.values(d.refused ?? {}).reduce((a, b) => a + b, 0);
    if (d.lastRefusal && present() - Date.parse(d.lastRefusal.time) < 900000) list.push({ id: `refused-${d.id}`, state: 'warn', title: `${d.id}: ${plural(n, 'message')} refused`, detail: d.lastRefusal.reason, action: 'Why', why: d.id });
  }
  return list;
}

/** The warnings of the log: what is said by whom. Failures of user code are shown with their dead letters. */
function warningsOf(status) {
  const warnings = new Map();
  for (const line of status?.warnings ?? []) {
    const [, who, said] = /^([\w-]+): (.*)$/s.exec(line) ?? [0, '', line];
    if (/^\[\w+\] device "/.test(said)) continue;
    if (said.includes('circuit breaker open')) continue; // shown by the circuit itself, while it is open
    const what = said.replace(/: \d+ more within a minute$/, '').replace(/ \(trace [\w-]+\)/, '').replace(/https?:\/\/[\d.:]+\/([\w-]+)/g, (_, name) => short(name));
    if (!warnings.has(what)) warnings.set(what, new Set());
    warnings.get(what).add(short(who));
  }
  return warnings;
}

/** An error without what stands beside it: function, code, device and trace. */
export const causeText = (cause) => String(cause).replace(/^(?:[\w-]+: )?\[\w+\] device (?:"[^"]*"|…), trace [\w…-]+: /, '');

/** The device whose processor this is. */
export const deviceOf = (name) => state.project?.devices.find((d) => short(name) === `${d.id}-processor` || short(name) === d.id)?.id;

/** Devices grouped as the twin has them: [{entity, component, device, values}], in the order of the project. */
export function groups(values = topic('values')?.items ?? []) {
  const places = new Map();
  for (const e of state.entities?.items ?? []) for (const c of e.components) if (c.device && !places.has(c.device)) places.set(c.device, { entity: e.name || e.id, component: c.name });
  const byDevice = new Map();
  for (const v of values) {
    if (!byDevice.has(v.device)) byDevice.set(v.device, { device: v.device, ...(places.get(v.device) ?? { entity: '', component: v.device }), values: [] });
    byDevice.get(v.device).values.push(v);
  }
  const order = [...places.keys()];
  const rank = (d) => { const i = order.indexOf(d); return i < 0 ? 1e6 : i; };
  return [...byDevice.values()].sort((a, b) => rank(a.device) - rank(b.device));
}

