// The keyboard: single keys outside of fields, which a reader can switch off (WCAG 2.1.4).
import { state, set, present } from './store.js';
import { at, go, RANGES, rangeName } from './url.js';

export const SCREENS = [
  ['overview', 'Overview'], ['topology', 'Topology'], ['devices', 'Devices'], ['twin', 'Twin'], ['tiers', 'Tiers'],
  ['events', 'Events'], ['logs', 'Logs and traces'], ['letters', 'Dead letters'], ['plan', 'Plan'], ['projects', 'Projects'],
];

/** Its key: 1 to 9, and 0 for the tenth. */
export const keyOf = (index) => (index + 1) % 10;

/** A process that runs one twin has one project. */
export const nameOf = (id) => (id === 'projects' && !state.capabilities?.features.uploads ? 'Project' : SCREENS.find(([known]) => known === id)[1]);

let prefix = 0;
const singleKeys = () => localStorage.getItem('twinloom.keys') !== 'off';

/** Freezes what is shown; the data goes on being received. */
export function freeze() {
  set({ frozen: state.frozen ? null : { at: Date.now(), topics: state.topics } });
}

const event = (name, detail) => document.dispatchEvent(new CustomEvent(`twinloom-${name}`, { detail }));

function key(e) {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
  const field = e.target.closest('input, select, textarea, [contenteditable]');
  if (e.key === 'Escape') {
    if (field) { field.blur(); return; }
    if (at().at) go({ at: null });
    else event('escape');
    return;
  }
  if (field || !singleKeys()) return;
  if (prefix && Date.now() - prefix < 1500 && e.key === 'd') { prefix = 0; e.preventDefault(); event('search', 'device '); return; }
  const done = () => e.preventDefault();
  if (/^\d$/.test(e.key)) { done(); go({ screen: SCREENS[(Number(e.key) + 9) % 10][0] }); return; }
  switch (e.key) {
    case '/': {
      done();
      const filter = document.querySelector('.filter input');
      if (filter) filter.focus(); else event('search', '');
      break;
    }
    case '?': done(); event('help'); break;
    case 'g': prefix = Date.now(); break;
    case 'w': done(); event('why', e.target.closest('[data-device]')?.dataset.device ?? at().device); break;
    case 'v': done(); event('verify'); break;
    case 'p': done(); freeze(); break;
    case 't': done(); go({ at: at().at ? null : new Date(present() - 60000).toISOString() }); break;
    case '[': case ']': {
      done();
      const names = Object.keys(RANGES);
      const i = names.indexOf(rangeName()) + (e.key === ']' ? 1 : -1);
      if (names[i]) go({ range: names[i] }, { replace: true });
      break;
    }
    case 'ArrowLeft': case 'ArrowRight':
      if (at().at && !e.target.closest('[role="tree"], .grid, .seg, figure')) { done(); event('step', { by: e.key === 'ArrowLeft' ? -1 : 1, event: e.shiftKey }); }
      break;
    case 'j': case 'k': row(e, e.key === 'j' ? 1 : -1); break;
    case 'i': { done(); const d = e.target.closest('[data-device]')?.dataset.device; go({ screen: 'topology', device: d ?? null }); break; }
    case 'x': { const box = e.target.closest('tr, li, .item')?.querySelector('.cb'); if (box) { done(); box.click(); } break; }
    case 'c': { const copy = e.target.closest('[data-copy]'); if (copy) { done(); navigator.clipboard?.writeText(copy.dataset.copy); } break; }
  }
}

// Rows are what a screen marks with data-row; the focus goes from one to the next.
function row(e, by) {
  const rows = [...document.querySelectorAll('main [data-row]')];
  if (!rows.length) return;
  e.preventDefault();
  const i = rows.indexOf(e.target.closest('[data-row]'));
  rows[Math.max(0, Math.min(rows.length - 1, i < 0 ? 0 : i + by))].focus();
}

export const watchKeys = () => document.addEventListener('keydown', key);

/** Hears one of the page's own events while a component is there. */
export function hear(name, listener) {
  const handler = (e) => listener(e.detail);
  document.addEventListener(`twinloom-${name}`, handler);
  return () => document.removeEventListener(`twinloom-${name}`, handler);
}
