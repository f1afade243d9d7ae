// Starts the page: asks what is served, reads what does not change, opens the stream, draws.
import { html, render, useState } from './lib/html.js';
import { state, set, setTopic, use } from './lib/store.js';
import { get, read, setKey, key } from './lib/api.js';
import { at, onMove } from './lib/url.js';
import * as stream from './lib/stream.js';
import { sample, forget } from './lib/twin.js';
import { setUtc } from './lib/format.js';
import { Shell } from './parts/shell.js';
import { Problem } from './parts/bits.js';
import { Logo } from './parts/marks.js';
import { Later } from './parts/later.js';
import { watchKeys } from './lib/keys.js';
import { watchTitle } from './parts/announce.js';

setUtc(localStorage.getItem('twinloom.utc') === 'true');

async function boot() {
  set({ problem: null });
  try {
    const [health, capabilities, projects] = await Promise.all([get('health'), get('capabilities'), get('projects')]);
    const chosen = projects.items.find((p) => p.id === at().twin) ?? projects.items.find((p) => p.running) ?? projects.items[0];
    set({ health, capabilities, projects: projects.items, skew: Date.parse(health.time) - Date.now(), locked: false });
    if (chosen) await open(chosen);
  } catch (e) {
    if (!state.locked) set({ problem: e.problem ?? { title: 'The page failed', detail: e.message } });
  }
}

async function open(chosen) {
  if (state.project?.id === chosen.id) return;
  forget();
  set({ project: { ...chosen, devices: [] }, plan: null, entities: null, topics: {}, frozen: null });
  await refresh();
  stream.start(refresh);
}

// A part that fails leaves the others alone: each screen says what of it cannot be read.
async function refresh() {
  const load = async ([name, path]) => {
    try {
      set({ [name]: await read(path), [`${name}Problem`]: null });
    } catch (e) {
      set({ [`${name}Problem`]: e.problem ?? { title: 'The page failed', detail: e.message } });
    }
  };
  await load(['project', '']);
  await Promise.all([['plan', 'plan'], ...(state.project.running ? [['entities', 'entities']] : [])].map(load));
  if (!state.project.running) return;
  const topics = { status: 'status', ledger: 'ledger', traffic: 'traffic', values: 'values', devices: 'devices', tiers: 'tiers', firings: 'firings', deadLetters: 'dead-letters', simulator: 'simulator', chaos: 'chaos' };
  await Promise.all(Object.entries(topics).map(async ([topic, path]) => {
    try {
      setTopic(topic, await read(path, topic === 'deadLetters' ? { limit: 1 } : {}));
    } catch { /* the stream brings it, or its screen says why not */ }
  }));
}

// The past: what can be read as of an instant takes the place of the live topics.
let lookedAt;
async function look() {
  const instant = at().at;
  if (instant === lookedAt) return;
  lookedAt = instant;
  if (!instant) { set({ past: {} }); return; }
  const topics = { status: state.topics.status, tiers: state.topics.tiers };
  set({ past: { at: instant, topics: { ...state.past.topics, ...topics }, loading: true } });
  const wanted = {
    values: ['values', { at: instant }], deadLetters: ['dead-letters', { at: instant, limit: 1 }],
    firings: ['firings', { since: new Date(Date.parse(instant) - 900000).toISOString(), until: instant, limit: 500 }],
  };
  // Counts are kept for an hour, and of this run alone: their places say so where there are none.
  if (Date.now() + state.skew - Date.parse(instant) < 3600000) for (const name of ['ledger', 'traffic']) wanted[name] = [name, { at: instant }];
  let problem = null;
  await Promise.all(Object.entries(wanted).map(async ([name, [path, query]]) => {
    try { topics[name] = await read(path, query); } catch (e) { if (e.problem?.status !== 404) problem = e.problem; }
  }));
  if (at().at === instant) set({ past: { at: instant, topics, problem } });
}

function App() {
  const locked = use((s) => s.locked);
  const problem = use((s) => s.problem);
  const project = use((s) => s.project);
  const health = use((s) => s.health);
  const uploading = use((s) => s.uploading);
  if (locked) return html`<${Key} />`;
  if (problem && !project) return html`<main class="page"><h1>Twinloom</h1><${Problem} problem=${problem} retry=${boot} /></main>`;
  // As index.html has it: what is seen first stays where it is.
  if (!health) return html`<div class="shell"><div class="side"><div class="brand"><${Logo} /><span class="t">Twinloom</span></div></div><main class="main" aria-busy="true"><h1 class="vh">Twinloom</h1></main></div>`;
  if (!project) {
    return html`<main class="page"><h1>No project yet</h1><p>This folder has no project: a folder with a <code>config.json</code>. Make one with <code>./twinloom init my-twin --from greenhouse</code> and load this page again, or upload a ZIP.</p>
      <div><button class="btn p" onClick=${() => set({ uploading: true })}>Upload a ZIP…</button></div>${uploading && html`<${Later} part="upload" onClose=${() => set({ uploading: false })} />`}</main>`;
  }
  return html`<${Shell} />`;
}

function Key() {
  const [wrong, setWrong] = useState(false);
  const enter = async (event) => {
    event.preventDefault();
    setKey(new FormData(event.target).get('key'));
    set({ locked: false });
    await boot();
    setWrong(state.locked);
  };
  return html`<main class="page" style=${{ maxWidth: '420px', paddingTop: '18vh' }}>
    <div class="brand" style=${{ padding: 0 }}><${Logo} /> Twinloom</div>
    <h1>This twin needs a key</h1>
    <p class="ink2">It is the value of <code>TWINLOOM_API_KEY</code> of the process that serves this page. The page keeps it until the tab is closed.</p>
    <form class="stack" onSubmit=${enter}>
      <label class="field"><span>API key</span><input class="in" name="key" type="password" autocomplete="off" autofocus required /></label>
      ${(wrong || key()) && html`<span class="fail" role="alert">That key was refused.</span>`}
      <button class="btn p">Open</button>
    </form></main>`;
}

// One was uploaded or deleted: the address says which is shown.
addEventListener('twinloom-projects', () => {
  const chosen = state.projects.find((p) => p.id === at().twin) ?? state.projects[0];
  if (chosen) open(chosen); else { stream.stop(); set({ project: null }); }
});

let sampled;
onMove((url) => {
  look();
  const next = state.projects.find((p) => p.id === url.twin);
  if (next && next.id !== state.project?.id) open(next);
});
watchKeys();
watchTitle();
render(html`<${App} />`, document.getElementById('app'));
boot().then(look);

// Each new status is a sample of the rates.
setInterval(() => {
  const status = state.topics.status;
  if (status && state.stream.kind !== 'stale' && (status !== sampled || Date.now() % 3000 < 1000)) sample((sampled = status));
}, 1000);
