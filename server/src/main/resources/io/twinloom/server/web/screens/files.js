// The files of a project: read, edited, checked before they are written, added and removed.
import { html, useState, useEffect } from '../lib/html.js';
import { state } from '../lib/store.js';
import { useUrl, go } from '../lib/url.js';
import { call, seg } from '../lib/api.js';
import { bytes, plural } from '../lib/format.js';
import { Problem, Problems, Sheet, Skeleton, Time, useAction, useRead } from '../parts/bits.js';
import { Glyph } from '../parts/marks.js';

const place = (path) => `projects/${seg(state.project.id)}/files/${path.split('/').map(seg).join('/')}`;

export function Files() {
  const url = useUrl();
  const { data, problem, load } = useRead('files');
  const [adding, setAdding] = useState(false);
  if (problem) return html`<${Problem} problem=${problem} retry=${load} />`;
  if (!data) return html`<${Skeleton} rows=${8} />`;
  // What a project is made of before what editors and tools have put there.
  const rank = (f) => (f.path.startsWith('.') ? 2 : f.path.includes('/') ? 1 : 0);
  const items = data.items.slice().sort((a, b) => rank(a) - rank(b));
  return html`<section class="card" aria-label="Files"><header><h2>Files</h2><span class="end row">${plural(data.items.length, 'file')}<button class="btn s" onClick=${() => setAdding(true)}>Add a file…</button></span></header>
    <div class="pad scroll-x" role="region" tabindex="0" aria-label="List of files"><table class="tb hover"><thead><tr><th>Path</th><th class="r">Size</th><th class="not-phone wide-start">Changed</th></tr></thead><tbody>
      ${items.map((f) => html`<tr key=${f.path}><td class="mono">${f.editable ? html`<button class="whylink file mono" data-row data-file=${f.path} onClick=${() => go({ file: f.path }, { replace: true })}><bdi>${f.path}</bdi></button>` : html`<bdi class="ink3" title="Not shown: a secret, or no text">${f.path}</bdi>`}</td><td class="r nw">${bytes(f.bytes)}</td><td class="not-phone ink3 wide-start"><${Time} at=${f.modified} seconds=${false} /></td></tr>`)}</tbody></table></div>
    ${url.file && html`<${Edit} key=${url.file} path=${url.file} onClose=${() => { go({ file: null }, { replace: true }); load(); }} />`}
    ${adding && html`<${Add} onClose=${() => { setAdding(false); load(); }} />`}</section>`;
}

const written = (done) => html`<p role="status"><${Glyph} kind="ok" quiet /> ${done.written ? 'Written.' : done.unchanged ? 'Nothing has changed.' : 'The project stays valid with it; nothing is written yet.'}</p>`;

function Edit({ path, onClose }) {
  const { data, problem, load } = useRead(`files/${path.split('/').map(seg).join('/')}`);
  const [text, setText] = useState(null);
  const [asks, setAsks] = useState(false);
  useEffect(() => { if (data) setText(data.content); }, [data]);
  const [put, busy, failed, done] = useAction(async (dryRun) => {
    const answer = await call('PUT', place(path), { body: text, query: dryRun ? { dryRun: true } : {}, headers: { 'content-type': 'application/octet-stream', 'if-match': `"${data.digest}"` } });
    if (answer.written) load();
    return answer;
  });
  const [drop, dropping, problem2] = useAction(async () => { await call('DELETE', place(path)); onClose(); });
  return html`<${Sheet} title=${path} onClose=${onClose} wide>
    ${problem && html`<${Problem} problem=${problem} retry=${load} />`}
    ${text == null ? !problem && html`<${Skeleton} rows=${8} />` : html`<textarea class="in" rows="20" spellcheck="false" autofocus aria-label=${`Text of ${path}`} value=${text} onInput=${(e) => setText(e.target.value)}></textarea>`}
    ${(failed ?? problem2) && html`<${Problem} problem=${failed ?? problem2} />`}${done && !failed && html`${written(done)}<${Problems} list=${done.problems} />`}
    <div class="row wrap"><button class="btn p" disabled=${busy || text == null || text === data?.content} onClick=${() => put(false)}>Check and write</button><button class="btn" disabled=${busy || text == null} onClick=${() => put(true)}>Check</button><span class="grow"></span>
      ${asks ? html`<span class="ink2">It is removed if the project stays valid.</span><button class="btn d" disabled=${dropping} onClick=${() => drop()}>Remove it</button>` : html`<button class="btn q d" onClick=${() => setAsks(true)}>Remove…</button>`}</div></${Sheet}>`;
}

function Add({ onClose }) {
  const [file, setFile] = useState(null);
  const [path, setPath] = useState('');
  const [put, busy, problem, done] = useAction(() => call('PUT', place(path), { body: file, headers: { 'content-type': 'application/octet-stream' } }));
  return html`<${Sheet} title="Add a file" onClose=${onClose}><p class="ink2">Or replace one: it is written if the project stays valid with it.</p>
    <label class="field"><span>File</span><input class="in" type="file" onChange=${(e) => { setFile(e.target.files[0]); if (!path && e.target.files[0]) setPath(e.target.files[0].name); }} /></label>
    <label class="field"><span>Path in the project</span><input class="in" value=${path} placeholder="processors/pump/process.py" autocomplete="off" onInput=${(e) => setPath(e.target.value)} /></label>
    ${problem && html`<${Problem} problem=${problem} />`}${done && html`${written(done)}<${Problems} list=${done.problems} />`}
    <div class="row"><button class="btn p" disabled=${busy || !file || !path} onClick=${() => put()}>Add <bdi>${path || '…'}</bdi></button></div></${Sheet}>`;
}
