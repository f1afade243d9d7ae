// Small parts that every screen has: problems, ages, tables of facts, dialogs, segmented controls.
import { html, useState, useEffect, useRef, useCallback } from '../lib/html.js';
import { state, useNow, use, present } from '../lib/store.js';
import { age, iso, time } from '../lib/format.js';
import { get, read, ApiError } from '../lib/api.js';
import { Icon } from './marks.js';

/** A problem document: what, why, how to fix it, and its code. */
export function Problem({ problem, retry }) {
  return html`<div class="problem" role="alert">
    <b>${problem.title}</b>
    ${problem.detail !== problem.title && html`<bdi>${problem.detail}</bdi>`}
    ${problem.errors?.length > 0 && html`<${Problems} list=${problem.errors} />`}
    ${problem.fix && html`<span><b>Fix</b> <bdi>${problem.fix}</bdi></span>`}
    <span class="row wrap">${problem.code && html`<code>${problem.code}</code>`}${problem.where && html`<bdi class="mono ink3">${problem.where}</bdi>`}
      ${retry && html`<button class="btn s" onClick=${retry}>Try again</button>`}</span>
  </div>`;
}

/** What is wrong with a project: file and line, what, and the fix. */
export const Problems = ({ list }) => list?.length > 0 && html`<ul class="problems">${list.slice(0, 50).map((p) => html`<li><bdi class=${`mono ${p.severity === 'warning' ? 'warn' : 'fail'}`}>${p.file}${p.line ? `:${p.line}` : ''}</bdi> <bdi>${p.message}</bdi>${p.fix && html` <bdi class="ink2">${p.fix}</bdi>`}</li>`)}</ul>`;

/** Nothing for 200 ms, then the outline of the rows that come. */
export const Skeleton = ({ rows = 3 }) => html`<div class="stack pad" aria-busy="true">${Array.from({ length: rows }, () => html`<div class="skeleton"></div>`)}</div>`;

/** A message where there would be content, with the one action that makes it so. */
export const Empty = ({ children, action }) => html`<div class="empty"><span>${children}</span>${action}</div>`;

/**
 * Reads a route of the project (of the server, with a leading /) again whenever its parameters change, and each `every` ms while live.
 * Answers {data, problem, load}.
 */
export function useRead(path, query, { every = 0, when = true } = {}) {
  const [result, setResult] = useState({ data: null, problem: null });
  const project = use((s) => s.project?.id);
  const key = JSON.stringify([project, path, query]);
  const load = useCallback(async (signal) => {
    if (!path || !when) return;
    try {
      const data = await (path.startsWith('/') ? get(path.slice(1), query, signal) : read(path, query, signal));
      setResult({ data, problem: null, key });
    } catch (e) {
      if (e.name !== 'AbortError') setResult((r) => ({ data: r.key === key ? r.data : null, problem: e instanceof ApiError ? e.problem : { title: 'The page failed', detail: e.message }, key }));
    }
  }, [key, when]);
  useEffect(() => {
    const controller = new AbortController();
    load(controller.signal);
    const timer = every ? setInterval(() => document.hidden || load(controller.signal), every) : 0;
    return () => { controller.abort(); clearInterval(timer); };
  }, [load, every]);
  return { ...result, data: result.key === key ? result.data : result.data, load: () => load() };
}

/** How long ago an instant was. */
export function Age({ at, before = '', after = '', none = 'never', short = false }) {
  const now = useNow(1000);
  if (!at) return none;
  if (state.past.at && after === ' ago') after = ' before';
  return html`<span class="nw" title=${iso(at)}>${before}${age((now - Date.parse(at)) / 1000, short)}${after}</span>`;
}

export const Time = ({ at, ms, seconds }) => html`<time class="nw" dateTime=${iso(at)} title=${iso(at)}>${time(at, { ms, seconds, now: present() })}</time>`;

/** A group of buttons of which one is pressed. */
export function Segments({ label, value, options, onChange, scroll }) {
  return html`<span class=${'seg' + (scroll ? ' scroll' : '')} role="group" aria-label=${label}>
    ${options.map(([id, text]) => html`<button key=${id} aria-pressed=${String(id === value)} onClick=${() => onChange(id)}>${text ?? html`<bdi>${id}</bdi>`}</button>`)}
  </span>`;
}

export const Facts = ({ rows }) => html`<dl class="facts">${rows.filter(Boolean).map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>`;

/** A dialog of the browser's own: it keeps the focus, Esc closes it and gives the focus back. */
export function Sheet({ title, onClose, children, over, wide, end }) {
  const ref = useRef();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog.showModal();
    dialog.querySelector('[autofocus]')?.focus();
    return () => { dialog.close(); before?.focus?.(); };
  }, []);
  return html`<dialog ref=${ref} class=${`sheet${over ? ' over' : ''}${wide ? ' wide' : ''}`} aria-label=${title}
      onCancel=${(e) => { e.preventDefault(); onClose(); }} onClick=${(e) => e.target === ref.current && onClose()}>
    <header><h2 class="el"><bdi>${title}</bdi></h2>${end}<button class="btn q s" aria-label="Close" onClick=${onClose}><${Icon} name="close" /></button></header>
    <div class="body">${children}</div>
  </dialog>`;
}

/** A menu below a button. */
export function Menu({ label, children, buttonClass = 'btn', items, align = 'left' }) {
  const [open, setOpen] = useState(false);
  const box = useRef();
  useEffect(() => {
    if (!open) return undefined;
    const away = (e) => !box.current?.contains(e.target) && setOpen(false);
    const key = (e) => { if (e.key === 'Escape') { e.stopPropagation(); setOpen(false); box.current.querySelector('button').focus(); } };
    document.addEventListener('pointerdown', away);
    document.addEventListener('keydown', key, true);
    return () => { document.removeEventListener('pointerdown', away); document.removeEventListener('keydown', key, true); };
  }, [open]);
  return html`<span ref=${box} style=${{ position: 'relative', display: 'inline-flex', minWidth: 0 }}>
    <button class=${buttonClass} aria-haspopup="true" aria-expanded=${String(open)} aria-label=${label} onClick=${() => setOpen(!open)}>${children}</button>
    ${open && html`<div class="menu" style=${{ top: '100%', marginTop: '6px', [align]: 0 }} onClick=${(e) => e.target.closest('.it') && setOpen(false)}>${items()}</div>`}
  </span>`;
}

export const MenuItem = ({ onClick, checked, children }) => html`<button class="it" onClick=${onClick} aria-pressed=${checked == null ? undefined : String(!!checked)}>
  <span class="mono" aria-hidden="true">${checked == null ? '' : checked ? '\u2713' : '\u00a0'}</span>${children}</button>`;

/** Copies text, and says so for two seconds. */
export function Copy({ text, children = 'Copy', cls = 'btn q s' }) {
  const [done, setDone] = useState(false);
  return html`<button class=${cls} onClick=${async () => {
    await navigator.clipboard?.writeText(typeof text === 'function' ? text() : text).catch(() => {});
    setDone(true);
    setTimeout(() => setDone(false), 2000);
  }}>${done ? 'Copied' : children}</button>`;
}

/** Runs one action at a time; answers [run, busy, problem, done]. */
export function useAction(action) {
  const [now, setNow] = useState({ busy: false, problem: null, done: null });
  const run = async (...args) => {
    setNow({ busy: true, problem: null, done: null });
    try {
      const done = await action(...args);
      setNow({ busy: false, problem: null, done });
      return done;
    } catch (e) {
      setNow({ busy: false, problem: e instanceof ApiError ? e.problem : { title: 'The page failed', detail: e.message }, done: null });
      return null;
    }
  };
  return [run, now.busy, now.problem, now.done];
}

/** The width of an element, as it changes. */
export function useWidth(initial = 0) {
  const ref = useRef();
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    if (!ref.current) return undefined;
    const measure = () => ref.current && setWidth(Math.floor(ref.current.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

export function useMedia(query) {
  const list = matchMedia(query);
  const [on, setOn] = useState(list.matches);
  useEffect(() => {
    const hear = () => setOn(list.matches);
    list.addEventListener('change', hear);
    return () => list.removeEventListener('change', hear);
  }, [query]);
  return on;
}
