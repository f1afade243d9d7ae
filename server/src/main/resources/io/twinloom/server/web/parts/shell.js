// What is around every screen: navigation, twin, stream, range, going back, search.
import { html, useEffect, useRef, useState } from '../lib/html.js';
import { state, use, useNow, set } from '../lib/store.js';
import { at, useUrl, go, href, RANGES, MORE_RANGES, rangeName, rangeText } from '../lib/url.js';
import { SCREENS, hear, freeze, keyOf, nameOf } from '../lib/keys.js';
import { duration, plural, time, isUtc, setUtc } from '../lib/format.js';
import { reconnect } from '../lib/stream.js';
import { Menu, MenuItem, Segments, Sheet } from './bits.js';
import { Glyph, Icon, Logo } from './marks.js';
import { Later, later } from './later.js';
import { STILL, Stopped } from './stopped.js';

const HERE = {};
const LATER = {
  overview: () => import('../screens/overview.js').then((m) => m.Overview),
  topology: () => import('../screens/topology.js').then((m) => m.Topology),
  devices: () => import('../screens/devices.js').then((m) => m.Devices), twin: () => import('../screens/twin.js').then((m) => m.Twin),
  tiers: () => import('../screens/tiers.js').then((m) => m.Tiers), events: () => import('../screens/events.js').then((m) => m.Events),
  logs: () => import('../screens/logs.js').then((m) => m.Logs), letters: () => import('../screens/letters.js').then((m) => m.Letters),
  plan: () => import('../screens/plan.js').then((m) => m.Plan), projects: () => import('../screens/projects.js').then((m) => m.ProjectsScreen),
};

const chosen = (url) => (SCREENS.some(([id]) => id === url.screen) ? url.screen : 'overview');

/** Overview has its styles in the document. */
const load = async (screen) => {
  HERE[screen] ??= await (screen === 'overview' ? LATER.overview() : later(LATER[screen])());
  return HERE[screen];
};

// While the first answers of the API are on their way.
load(chosen(at()));

export function Shell() {
  const url = useUrl();
  const screen = chosen(url);
  const stale = use((s) => s.stream.kind === 'stale');
  useNow(5000);
  const gone = use((s) => s.stream.kind === 'stale' && s.stream.since < Date.now() - 60000);
  const chaos = use((s) => s.topics.chaos?.active.length > 0);
  const stopped = use((s) => s.project.running === false) && !STILL.includes(screen);
  const [Screen, setScreen] = useState(() => HERE[screen]);
  const [overlay, setOverlay] = useState(null);
  const main = useRef();
  const shown = useRef(screen);
  useEffect(() => {
    let left = false;
    if (HERE[screen]) setScreen(() => HERE[screen]);
    else load(screen).then((found) => { if (!left) setScreen(() => found); });
    if (shown.current !== screen) { main.current.scrollTop = 0; main.current.focus({ preventScroll: true }); }
    shown.current = screen;
    return () => { left = true; };
  }, [screen]);
  useEffect(() => {
    const ends = [
      hear('search', (text) => setOverlay({ kind: 'search', text })), hear('help', () => setOverlay({ kind: 'help' })),
      hear('verify', () => setOverlay({ kind: 'verify' })), hear('why', (device) => device && setOverlay({ kind: 'why', device })),
    ];
    return () => ends.forEach((end) => end());
  }, []);
  const close = () => setOverlay(null);
  return html`<div class=${`shell${url.at ? ' at' : ''}${gone ? ' gone' : ''}`}>
    <a class="skip" href="#main" onClick=${(e) => { e.preventDefault(); main.current.focus(); }}>To the content</a>
    <${Side} screen=${screen} />
    <header class=${`top${stale ? ' stale' : ''}`}><${Top} /></header>
    ${url.at && html`<${Later} part="past" />`}
    <main class="main" id="main" tabindex="-1" ref=${main} key="main">
      ${chaos && html`<${Later} part="chaos" />`}
      ${gone && html`<div class="notice" role="status"><${Glyph} kind="fail" quiet /><span class="grow">The twin does not answer since ${time(state.stream.since)}; you see its last state. Start it: <code>./twinloom up ${state.project.id}</code></span><button class="btn s" onClick=${reconnect}>Try again</button></div>`}
      ${stopped ? html`<div class="page"><h1>${nameOf(screen)}</h1><${Stopped} /></div>` : Screen && HERE[screen] === Screen && html`<${Screen} />`}
    </main>
    <${Tabs} screen=${screen} />
    <div id="said" class="vh" aria-live="polite"></div>
    ${url.at && html`<div class="frame"></div>`}
    ${chaos && html`<div class="frame red"></div>`}
    ${overlay && html`<${Later} key=${overlay.kind} part=${overlay.kind} start=${overlay.text} device=${overlay.device} onClose=${close} />`}
  </div>`;
}

const letters = () => (state.past.at ? state.past.topics?.deadLetters?.total : state.topics.deadLetters?.total ?? state.topics.status?.deadLetters) ?? 0;

function Side({ screen }) {
  const dead = use(letters);
  useUrl();
  return html`<nav class="side" aria-label="Screens">
    <div class="brand"><${Logo} /><span class="t">Twinloom</span></div>
    ${SCREENS.map(([id], i) => html`<a key=${id} class="nav" href=${href({ screen: id })} aria-current=${id === screen ? 'page' : undefined} aria-label=${id === 'letters' && dead ? `${nameOf(id)}, ${dead}` : nameOf(id)} title=${`${nameOf(id)} (${keyOf(i)})`}>
      <${Icon} name=${id} /><span class="t">${nameOf(id)}</span>${id === 'letters' && dead > 0 && html`<span class="n">${dead.toLocaleString('en-US')}</span>`}</a>`)}
    <${Foot} />
  </nav>`;
}

function Foot() {
  const now = useNow(1000);
  const health = use((s) => s.health);
  const target = use((s) => s.project.target);
  return html`<div class="foot">${health && html`up ${duration((now - Date.parse(health.startedAt)) / 1000)}`}${target && html` · ${target}`}<br /><span class="nw">Twinloom ${health?.version.replace('-SNAPSHOT', '+')}</span> · <a class="link" href="docs">API</a></div>`;
}

const clouds = () => new Set(Object.values(state.project.placement ?? {})).size;

function Top() {
  const project = use((s) => s.project);
  const projects = use((s) => s.projects);
  const url = useUrl();
  const [, redraw] = useState(0);
  const theme = localStorage.getItem('twinloom.theme') ?? 'system';
  const choose = (name) => {
    if (name === 'system') { delete document.documentElement.dataset.theme; localStorage.removeItem('twinloom.theme'); } else { document.documentElement.dataset.theme = name; localStorage.setItem('twinloom.theme', name); }
    redraw((n) => n + 1);
  };
  const utc = () => { setUtc(!isUtc()); localStorage.setItem('twinloom.utc', isUtc()); set({}); redraw((n) => n + 1); document.getElementById('main').focus(); go({ u: isUtc() ? '1' : null }, { replace: true }); };
  const keysOff = localStorage.getItem('twinloom.keys') === 'off';
  const n = clouds();
  const many = use((s) => s.capabilities?.features.uploads);
  const name = (p) => (many ? p.id : p.twin ?? p.id);
  return html`<span class="phone brand" style=${{ padding: 0 }}><${Logo} /></span>
    <span class="twin"><${Menu} buttonClass="btn q" label=${`Twin ${name(project)}, menu`} items=${() => html`
        ${projects.length > 1 && html`${projects.map((p) => html`<${MenuItem} checked=${p.id === project.id} onClick=${() => go({ twin: p.id, device: null, at: null })}><bdi class="el">${name(p)}</bdi><span class="ink3 sm">${p.running ? 'runs' : ''}</span></${MenuItem}>`)}<hr />`}
        ${['system', 'light', 'dark'].map((name) => html`<${MenuItem} checked=${theme === name} onClick=${() => choose(name)}>Theme: ${name}</${MenuItem}>`)}<hr />
        <${MenuItem} checked=${isUtc()} onClick=${utc}>Times in UTC</${MenuItem}>
        <${MenuItem} checked=${!keysOff} onClick=${() => { localStorage.setItem('twinloom.keys', keysOff ? 'on' : 'off'); redraw((x) => x + 1); }}>Single keys</${MenuItem}>
        <${MenuItem} onClick=${() => document.dispatchEvent(new CustomEvent('twinloom-help'))}>All keys…</${MenuItem}>`}>
        <b class="el"><bdi>${name(project)}</bdi></b> <span class="ink3 sm" aria-hidden="true">▾</span></${Menu}>
      <span class="ink3 el not-phone">${project.target ?? 'not running'}${n ? `, ${['', 'one cloud', 'two clouds', 'three clouds'][n] ?? plural(n, 'cloud')}` : ''}</span></span>
    <${StreamPill} />
    <span class="not-phone"><${Range} /></span>
    ${!url.at && html`<button class="btn not-phone" onClick=${() => go({ at: new Date(Date.now() + state.skew - 60000).toISOString() })}><${Icon} name="clock" /> Go back</button>`}
    <button class="btn q not-phone search-button" onClick=${() => document.dispatchEvent(new CustomEvent('twinloom-search', { detail: '' }))}><${Icon} name="search" /> <span class="t">Search</span> <kbd>/</kbd></button>`;
}

function Range() {
  useUrl();
  const name = rangeName();
  const wide = name in MORE_RANGES;
  return html`<span class="row"><span class="seg" role="group" aria-label="Range">
    ${Object.keys(RANGES).map((id) => html`<button key=${id} aria-pressed=${String(id === name)} onClick=${() => go({ range: id === '15m' ? null : id }, { replace: true })}>${rangeText(id)}</button>`)}
    </span>
    <${Menu} label="Longer range" align="right" buttonClass=${`btn s${wide ? '' : ' q'}`} items=${() => Object.keys(MORE_RANGES).map((id) => html`<${MenuItem} checked=${id === name} onClick=${() => go({ range: id }, { replace: true })}>${rangeText(id)}</${MenuItem}>`)}>${wide ? rangeText(name) : '…'}</${Menu}></span>`;
}

/** live, frozen, stale, resynced, live paused: what the reader looks at. */
function StreamPill() {
  const stream = use((s) => s.stream);
  const frozen = use((s) => s.frozen);
  const past = use((s) => s.past.at);
  const [sheet, setSheet] = useState(false);
  useNow(1000);
  let look = ['', html`<i class="dot"></i>`, 'live', 'Receives live data. Freeze the view with p.'];
  if (past) look = ['', html`<${Glyph} kind="none" quiet />`, 'live paused', 'You look at the past.'];
  else if (stream.kind === 'connecting') look = ['', html`<${Glyph} kind="none" quiet />`, 'connecting', ''];
  else if (stream.kind === 'stale') {
    const gone = Date.now() - stream.since > 60000;
    look = ['warn', html`<${Glyph} kind="stale" quiet />`, gone ? `not running since ${time(stream.since)}` : `stale since ${time(stream.since)}, reconnecting`, 'The twin does not answer. Its last state stays.'];
  } else if (frozen) look = ['', html`<${Glyph} kind="none" quiet />`, `frozen at ${time(frozen.at)}`, 'Data is still received. Go on with p.'];
  else if (stream.kind === 'resynced') look = ['', html`<i class="dot"></i>`, 'resynced', 'The stream is back, and all was read again.'];
  const phone = matchMedia('(max-width: 639px)').matches;
  const act = () => (phone ? setSheet(true) : stream.kind === 'stale' ? reconnect() : past ? go({ at: null }) : freeze());
  return html`<button class=${`pill ${look[0]}`} data-stream=${frozen && stream.kind !== 'stale' ? 'frozen' : stream.kind} title=${look[3]} onClick=${act}>${look[1]}<span class="el">${look[2]}</span></button>
    ${sheet && html`<${Sheet} title="Time" onClose=${() => setSheet(false)}>
      <p class="ink2">${look[3]}</p>
      <${Segments} label="Range" value=${rangeName()} options=${Object.keys({ ...RANGES, ...MORE_RANGES }).map((id) => [id, rangeText(id)])} onChange=${(id) => go({ range: id }, { replace: true })} scroll />
      <div class="row wrap"><button class="btn" onClick=${() => { freeze(); setSheet(false); }}>${frozen ? 'Go on' : 'Freeze the view'}</button>
        <button class="btn" onClick=${() => { go({ at: past ? null : new Date(Date.now() + state.skew - 60000).toISOString() }); setSheet(false); }}>${past ? 'Back to live' : 'Go back'}</button>
        <button class="btn" onClick=${() => { setSheet(false); document.dispatchEvent(new CustomEvent('twinloom-search', { detail: '' })); }}>Search</button></div></${Sheet}>`}`;
}

function Tabs({ screen }) {
  const [more, setMore] = useState(false);
  const dead = use(letters);
  useUrl();
  const tab = (id, name) => html`<a href=${href({ screen: id })} aria-current=${id === screen ? 'page' : undefined} onClick=${() => setMore(false)}><${Icon} name=${id} /><span class="el">${name}</span></a>`;
  return html`<nav class="tabs" aria-label="Screens">
    ${tab('overview', 'Overview')}${tab('topology', 'Topology')}${tab('devices', 'Devices')}${tab('letters', dead ? `Letters ${dead > 99 ? '99+' : dead}` : 'Letters')}
    <button aria-expanded=${String(more)} onClick=${() => setMore(true)}><${Icon} name="more" /><span>More</span></button>
    ${more && html`<${Sheet} title="Screens" onClose=${() => setMore(false)}>${SCREENS.map(([id]) => html`<a class="it nav" style=${{ width: '100%', justifyContent: 'flex-start', gap: '10px' }} href=${href({ screen: id })} aria-current=${id === screen ? 'page' : undefined} onClick=${() => setMore(false)}><${Icon} name=${id} /> ${nameOf(id)}</a>`)}</${Sheet}>`}
  </nav>`;
}
