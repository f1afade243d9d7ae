// Projects: all that this server has, and of the chosen one its deployments, versions and files.
import { html, useState, useEffect } from '../lib/html.js';
import { state, set, use, useTopic, useNow } from '../lib/store.js';
import { useUrl, go, href } from '../lib/url.js';
import { call, post, read, fetchBlob, download, seg, get } from '../lib/api.js';
import { bytes, count, duration, plural, time } from '../lib/format.js';
import { compare } from '../lib/compare.js';
import { LAYERS } from '../grid/flows.js';
import { Problem, Problems, Segments, Sheet, Skeleton, Time, useAction, useRead } from '../parts/bits.js';
import { Glyph, Swatch } from '../parts/marks.js';
import { Files } from './files.js';

const here = (path = '') => `projects/${seg(state.project.id)}${path}`;

export async function reloadProjects() {
  const { items } = await get('projects');
  set({ projects: items });
  const mine = items.find((p) => p.id === state.project?.id);
  if (mine && mine.running !== state.project.running) set({ project: await read('') });
}

export function ProjectsScreen() {
  const url = useUrl();
  const features = use((s) => s.capabilities?.features ?? {});
  const projects = use((s) => s.projects);
  const project = use((s) => s.project);
  const [sheet, setSheet] = useState(null);
  useEffect(() => {
    if (!features.uploads) return undefined;
    const timer = setInterval(() => document.hidden || reloadProjects().catch(() => {}), 5000);
    return () => clearInterval(timer);
  }, []);
  const views = [...(features.deployments ? [['deployments', 'Deployments']] : []), ...(features.uploads ? [['versions', 'Versions']] : []), ['files', 'Files']];
  const view = views.some(([id]) => id === url.view) ? url.view : views[0][0];
  const close = () => setSheet(null);
  const detail = html`<div class="stack"><${Head} project=${project} features=${features} open=${setSheet} />
    ${views.length > 1 && html`<div class="row"><${Segments} label="View" value=${view} options=${views} onChange=${(v) => go({ view: v === views[0][0] ? null : v }, { replace: true })} /></div>`}
    ${view === 'deployments' ? html`<${Deployments} key=${project.id} />` : view === 'versions' ? html`<${Versions} key=${project.id} />` : html`<${Files} key=${project.id} />`}</div>`;
  if (!features.uploads) return html`<div class="page"><div class="head"><h1>Project</h1><span class="sub">as <code>up</code> runs it; a change that keeps it valid takes effect at once</span></div>${detail}</div>`;
  const runs = projects.filter((p) => p.running).length;
  return html`<div class="page"><div class="head"><h1>Projects</h1><span class="sub">${plural(projects.length, 'project')}, ${runs} running</span><span class="grow"></span><button class="btn" onClick=${() => setSheet('upload')}>Upload a ZIP…</button></div>
    <div class="traces"><section class="card" aria-label="All projects"><header><h2>All projects</h2></header><ul class="rows tracelist">${projects.map((p) => html`<${Row} key=${p.id} p=${p} chosen=${p.id === project.id} />`)}</ul></section>${detail}</div>
    ${sheet === 'upload' && html`<${UploadSheet} onClose=${close} />`}${sheet === 'replace' && html`<${UploadSheet} replace=${project.id} onClose=${close} />`}
    ${sheet === 'deploy' && html`<${DeploySheet} onClose=${close} />`}${sheet === 'destroy' && html`<${DestroySheet} onClose=${close} />`}${sheet === 'delete' && html`<${DeleteSheet} onClose=${close} />`}</div>`;
}

const stateOf = (p) => (!p.valid ? ['fail', `${plural(typeof p.problems === 'number' ? p.problems : p.problems.length, 'problem')}`] : p.running ? ['ok', `runs, ${p.target}`] : ['none', 'not running']);

/** The clouds of its layers, in the order of the grid. */
const Placed = ({ placement }) => html`<span class="placed" role="img" aria-label=${LAYERS.filter((id) => placement[id]).map((id) => `${id} on ${placement[id]}`).join(', ')}>${LAYERS.map((id) => (placement[id] ? html`<${Swatch} cloud=${placement[id]} />` : ''))}</span>`;

function Row({ p, chosen }) {
  const [kind, word] = stateOf(p);
  return html`<li class="item"><a data-row data-project=${p.id} href=${href({ screen: 'projects', twin: p.id, view: null, device: null })} aria-current=${chosen ? 'true' : undefined}><span class="row"><${Glyph} kind=${kind} quiet /><bdi class="b el grow">${p.id}</bdi><span class=${`sm nw ${kind === 'fail' ? 'fail' : 'ink3'}`}>${word}</span></span>
    <span class="row"><${Placed} placement=${p.placement} /><span class="grow"></span><span class="ink3 sm">${plural(p.devices, 'device')}</span></span></a></li>`;
}

function Head({ project, features, open }) {
  const past = use((s) => s.past.at);
  const [kind, word] = stateOf({ ...project, problems: project.problems ?? [] });
  const changed = project.deployedDigest && project.digest !== project.deployedDigest;
  return html`<section class="card" aria-label="Project" data-state=${project.running ? 'running' : 'stopped'}><header><${Glyph} kind=${kind} quiet /><h2 class="el"><bdi>${project.id}</bdi></h2>${project.twin && project.twin !== project.id && html`<span class="ink3 el">twin <bdi>${project.twin}</bdi></span>`}<span class=${kind === 'fail' ? 'fail' : 'ink2'}>${word}${changed ? ', changed since it was deployed' : ''}</span>
      <span class="end row wrap">${features.deployments && html`<button class="btn p s" disabled=${!project.valid || past} onClick=${() => open('deploy')}>Deploy…</button><button class="btn s" disabled=${past} onClick=${() => open('destroy')}>Destroy…</button>`}
        ${features.uploads && html`<button class="btn s" onClick=${() => open('replace')}>Replace…</button>`}<button class="btn s" onClick=${() => download(here('/export'), `${project.id}.zip`)}>Download</button>${features.uploads && html`<button class="btn q s d" disabled=${past} onClick=${() => open('delete')}>Delete…</button>`}</span></header>
    ${project.problems?.length > 0 && html`<div class="pad"><${Problems} list=${project.problems} /></div>`}</section>`;
}

const STATES = { running: ['none', 'goes on'], done: ['ok', 'done'], failed: ['fail', 'failed'], cancelled: ['warn', 'cancelled'] };

/** Newest first; the newest arrives by the stream while it goes on. */
function Deployments() {
  const live = useTopic('deployment');
  const { data, problem, load } = useRead('deployments', {}, { every: 10000 });
  useNow(1000);
  const id = state.project.id;
  useEffect(() => { load(); }, [live?.id, live?.state]);
  const items = (data?.items ?? []).map((d) => (live?.id === d.id && live.project === id ? live : d));
  if (problem) return html`<${Problem} problem=${problem} retry=${load} />`;
  if (!data) return html`<${Skeleton} />`;
  if (!items.length) return html`<section class="card empty">No deployment since this server started. “Deploy…” starts one; its steps are shown here as they happen.</section>`;
  return items.map((d, i) => html`<${Deployment} key=${d.id} d=${d} open=${i === 0} reload=${load} />`);
}

function Deployment({ d, open, reload }) {
  const [cancel, busy, problem] = useAction(async () => { await post(`deployments/${seg(d.id)}/cancel`); reload(); });
  const [kind, word] = STATES[d.state];
  const took = (Date.parse(d.endedAt ?? new Date(Date.now() + state.skew).toISOString()) - Date.parse(d.startedAt)) / 1000;
  return html`<section class="card" aria-label=${`${d.action}, ${word}`} data-deployment=${d.state}><header><${Glyph} kind=${kind} quiet /><h2>${d.action === 'deploy' ? 'Deploy' : 'Destroy'}, ${d.target}</h2><span class=${d.state === 'failed' ? 'fail' : 'ink2'} role="status">${word}</span><span class="end row"><${Time} at=${d.startedAt} /> <span class="nw">${duration(took)}</span>
      ${d.state === 'running' && html`<button class="btn s" disabled=${busy} title="The next deployment goes on from there" onClick=${() => cancel()}>Cancel</button>`}</span></header>
    <div class="pad stack">${open || d.state !== 'done' ? html`<ol class="progress">${d.steps.map((s, i) => html`<li key=${i} class="row"><span class="ink3 sm nw">${time(s.time)}</span><${Glyph} kind=${i === d.steps.length - 1 && d.state !== 'done' ? kind : 'ok'} quiet /><bdi>${s.text}</bdi></li>`)}</ol>` : html`<span class="ink3 sm">${plural(d.steps.length, 'step')}</span>`}
      ${d.problem && html`<${Problem} problem=${d.problem} />`}${problem && html`<${Problem} problem=${problem} />`}</div></section>`;
}

function Versions() {
  const { data, problem, load } = useRead('versions', {}, { every: 10000 });
  const [sheet, setSheet] = useState(null);
  if (problem) return html`<${Problem} problem=${problem} retry=${load} />`;
  if (!data) return html`<${Skeleton} />`;
  if (!data.items.length) return html`<section class="card empty">No earlier version. Each replaced project is kept as one.</section>`;
  return html`<section class="card" aria-label="Versions"><header><h2>Earlier versions</h2><span class="end">newest first</span></header><div class="pad scroll-x" role="region" tabindex="0" aria-label="List of versions"><table class="tb hover"><thead><tr><th>Kept</th><th class="r">Files</th><th class="r">Size</th><th class="not-phone">Version</th><th><span class="vh">Actions</span></th></tr></thead><tbody>
    ${data.items.map((v) => html`<tr key=${v.id} data-version=${v.id}><td><${Time} at=${v.time} /></td><td class="r">${count(v.files)}</td><td class="r nw">${bytes(v.bytes)}</td><td class="mono ink3 not-phone el">${v.id}</td><td><span class="row" style=${{ justifyContent: 'flex-end' }}><button class="btn s" data-row onClick=${() => setSheet({ kind: 'compare', v })}>Compare</button><button class="btn s" onClick=${() => setSheet({ kind: 'restore', v })}>Restore…</button><button class="btn q s" onClick=${() => download(here(`/export?version=${seg(v.id)}`), `${state.project.id}-${v.id}.zip`)}>Download</button></span></td></tr>`)}</tbody></table></div>
    ${sheet && html`<${VersionSheet} v=${sheet.v} restores=${sheet.kind === 'restore'} onClose=${() => { setSheet(null); load(); }} />`}</section>`;
}

/** What the present project would become, and the button that makes it so. */
function VersionSheet({ v, restores, onClose }) {
  const [look, , failed, changes] = useAction(async () => compare(await fetchBlob(here('/export')), await fetchBlob(here(`/export?version=${seg(v.id)}`))));
  const [restore, busy, problem, done] = useAction(async () => { const r = await post(`versions/${seg(v.id)}/restore`); await refreshed(); return r; });
  useEffect(() => { look(); }, []);
  return html`<${Sheet} title=${restores ? 'Restore a version' : 'Compare with a version'} onClose=${onClose} wide>
    <p class="ink2">What the present project would become if it were restored to the version of <${Time} at=${v.time} />. Secrets are kept as they are and not compared.</p>
    ${failed && html`<${Problem} problem=${failed} retry=${() => look()} />`}${!changes && !failed ? html`<${Skeleton} />` : changes && html`<${Changes} list=${changes} />`}
    ${problem && html`<${Problem} problem=${problem} />`}
    ${done ? html`<p role="status"><${Glyph} kind="ok" quiet /> Restored. What was there before is kept as a version. Deploy it to have the twin run it.</p>` : restores && html`<div class="row"><button class="btn p" disabled=${busy || !changes?.length} onClick=${() => restore()}>Restore ${plural(changes?.length ?? 0, 'file')}</button></div>`}</${Sheet}>`;
}

const SIGN = { added: '+', removed: '−', changed: '→' };
const Changes = ({ list }) => html`<ul class="changes">${list.length ? list.map((c) => html`<li key=${c.path}><details open=${list.length < 4}><summary class="row"><b class="mono">${SIGN[c.kind]}</b><bdi class="mono el grow">${c.path}</bdi><span class="ink3 sm">${c.kind}</span></summary>
  ${c.lines ? html`<pre class="code" tabindex="0" role="group" aria-label=${`Lines of ${c.path}`}>${c.lines.map(([sign, text]) => html`<span class=${sign === '+' ? 'b' : 'ink3'}><bdi>${`${sign} ${text}`}</bdi>${'\n'}</span>`)}</pre>` : html`<p class="ink3 sm">not text, or too long to compare by line</p>`}</details></li>`) : html`<li class="ink2">No file differs.</li>`}</ul>`;

const refreshed = () => Promise.all([reloadProjects(), read('').then((project) => set({ project })), read('plan').then((plan) => set({ plan }), () => {})]);

/** A ZIP becomes a project, or takes the place of one. */
export function UploadSheet({ replace, onClose }) {
  const [file, setFile] = useState(null);
  const [name, setName] = useState('');
  const [send, busy, problem, done] = useAction(async () => {
    const zip = { body: file, headers: { 'content-type': 'application/zip' } };
    const made = await (replace ? call('PUT', here(), zip) : call('POST', 'projects', { ...zip, query: { name } }));
    await (replace ? refreshed() : reloadProjects());
    return made;
  });
  const choose = (f) => { setFile(f); if (f && !name) setName(f.name.replace(/\.zip$/i, '').replace(/[^\w.-]+/g, '-').slice(0, 64)); };
  const show = () => { onClose(); go({ screen: 'projects', twin: done.id }); dispatchEvent(new Event('twinloom-projects')); };
  return html`<${Sheet} title=${replace ? `Replace ${replace}` : 'Upload a project'} onClose=${onClose}>
    <p class="ink2">${replace ? 'The present version is kept. Secrets stay where the ZIP has none of their name.' : 'A ZIP with a config.json at its top, or in its one folder. Everything is checked before anything is written.'} At most 100 MB, 500 MB unpacked.</p>
    <label class="field"><span>ZIP file</span><input class="in" type="file" accept=".zip,application/zip" onChange=${(e) => choose(e.target.files[0])} /></label>
    ${!replace && html`<label class="field"><span>Name of the project</span><input class="in" value=${name} autocomplete="off" onInput=${(e) => setName(e.target.value)} /></label>`}
    ${problem && html`<${Problem} problem=${problem} />`}
    ${done ? html`<p role="status"><${Glyph} kind="ok" quiet /> ${replace ? 'Replaced' : 'Uploaded'}: <bdi class="b">${done.id}</bdi>${done.version ? html`; what was there is kept as a version` : ''}.</p><${Problems} list=${done.validation.problems} /><div class="row"><button class="btn p" onClick=${show}>Show <bdi>${done.id}</bdi></button></div>`
      : html`<div class="row"><button class="btn p" disabled=${busy || !file || (!replace && !name)} data-send onClick=${() => send()}>${busy ? 'Uploading and checking…' : replace ? html`Replace <bdi>${replace}</bdi>` : html`Upload <bdi>${name || '…'}</bdi>`}</button></div>`}</${Sheet}>`;
}

function DeploySheet({ onClose }) {
  const [target, setTarget] = useState('local');
  const [typed, setTyped] = useState('');
  const [impact, setImpact] = useState(null);
  const twin = state.project.twin ?? state.project.id;
  const confirms = target === 'cloud' || impact !== null;
  const [start, busy, problem] = useAction(async () => {
    try {
      await post('deployments', { action: 'deploy', target, ...(confirms ? { confirm: typed } : {}) });
    } catch (e) {
      // A change of stored data: the answer says which, and nothing was done.
      if (impact || !e.problem?.change) throw e;
      setImpact(e.problem.change);
      return;
    }
    onClose();
    go({ screen: 'projects', view: null });
  });
  const choose = (where) => { setTarget(where); setImpact(null); setTyped(''); };
  return html`<${Sheet} title=${`Deploy ${twin}`} onClose=${onClose}><div class="opt"><span>Where</span><${Segments} label="Where" value=${target} options=${[['local', 'on this machine'], ['cloud', 'on the clouds']]} onChange=${choose} /></div>
    <p class="ink2">${target === 'local' ? 'A twin that runs already is changed to the present project, without loss.' : 'Creates resources that cost money. “What if” on the screen Plan says what.'}</p>
    ${impact && html`<${Impact} change=${impact} />`}
    ${confirms && html`<${Typed} twin=${twin} typed=${typed} set=${setTyped} />`}${problem && html`<${Problem} problem=${problem} />`}
    <div class="row"><button class="btn p" disabled=${busy || (confirms && typed !== twin)} onClick=${() => start()}>Deploy <bdi>${twin}</bdi></button></div></${Sheet}>`;
}

const UNITS = ['items', 'chunks', 'events'];
const held = (d) => UNITS.filter((unit) => d[unit] != null).map((unit) => plural(d[unit], unit.slice(0, -1))).join(', ');

/** What a deployment does to stored data, which is confirmed apart. */
function Impact({ change }) {
  return html`<div data-impact role="status"><p class="warn">${change.data.length ? 'This changes what is stored, or what of it can be read:' : 'This moves or removes a part of the twin that can hold data. Nothing is stored that it concerns.'}</p>
    <ul class="problems">${change.phases.filter((p) => ['move', 'data', 'restart'].includes(p.kind)).map((p) => html`<li><bdi>${p.what}</bdi></li>`)}</ul>
    ${change.data.length > 0 && html`<ul class="problems">${change.data.map((d) => html`<li><bdi class="b">${d.store}</bdi> on ${d.cloud}: ${held(d)}, ${bytes(d.bytes)}${d.to ? `, to ${d.to}` : ''}. <bdi class="ink2">${d.reachable}.</bdi></li>`)}</ul>`}</div>`;
}

const Typed = ({ twin, typed, set: put }) => html`<label class="field"><span>Type <b><bdi>${twin}</bdi></b> to confirm</span><input class="in" autocomplete="off" value=${typed} onInput=${(e) => put(e.target.value)} data-typed /></label>`;

function DestroySheet({ onClose }) {
  const [target, setTarget] = useState('local');
  const [all, setAll] = useState(false);
  const [typed, setTyped] = useState('');
  const twin = state.project.twin ?? state.project.id;
  const confirms = all || target === 'cloud';
  const [start, busy, problem] = useAction(async () => { await post('deployments', { action: 'destroy', target, deleteData: all, ...(confirms ? { confirm: typed } : {}) }); onClose(); go({ screen: 'projects', view: null }); });
  return html`<${Sheet} title=${`Destroy ${twin}`} onClose=${onClose}><div class="opt"><span>Where</span><${Segments} label="Where" value=${target} options=${[['local', 'on this machine'], ['cloud', 'on the clouds']]} onChange=${setTarget} /></div>
    <label class="row"><input type="checkbox" class="cb" checked=${all} onChange=${(e) => setAll(e.target.checked)} /> Delete the stored measurements, too</label>
    <p class=${all ? 'fail' : 'ink2'}>${all ? 'Everything that was measured is lost for good.' : 'The twin ends. What it has stored stays and is there again with the next deployment.'}</p>
    ${confirms && html`<${Typed} twin=${twin} typed=${typed} set=${setTyped} />`}${problem && html`<${Problem} problem=${problem} />`}
    <div class="row"><button class="btn p" disabled=${busy || (confirms && typed !== twin)} onClick=${() => start()}>${all ? 'Destroy with its data' : 'Destroy, keep its data'}</button></div></${Sheet}>`;
}

function DeleteSheet({ onClose }) {
  const id = state.project.id;
  const [typed, setTyped] = useState('');
  const [go1, busy, problem] = useAction(async () => { await call('DELETE', here(), { query: { confirm: id } }); await reloadProjects(); onClose(); dispatchEvent(new Event('twinloom-projects')); });
  return html`<${Sheet} title=${`Delete ${id}`} onClose=${onClose}><p>The project's folder is removed, and its local twin ends with all that it has stored. A version of the project is kept.</p><${Typed} twin=${id} typed=${typed} set=${setTyped} />
    ${problem && html`<${Problem} problem=${problem} />`}<div class="row"><button class="btn p" disabled=${busy || typed !== id} onClick=${() => go1()}>Delete <bdi>${id}</bdi></button></div></${Sheet}>`;
}
