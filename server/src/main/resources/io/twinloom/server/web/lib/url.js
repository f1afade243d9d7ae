// Where the reader is: screen, filters, range, selection, instant. All of it is in the address, so
// that a reload or a link shows the same, and no action hits more than what is shown.
import { useState, useEffect } from './html.js';

const listeners = new Set();
const read = () => Object.fromEntries(new URLSearchParams(location.search));
let here = read();

export const at = () => here;

/** Changes some of it: null or '' removes. Going to another screen keeps twin, range and instant. */
export function go(change, { replace = false } = {}) {
  const keep = 'screen' in change && change.screen !== here.screen
    ? { twin: here.twin, range: here.range, at: here.at } : here;
  const next = { ...keep, ...change };
  for (const key of Object.keys(next)) if (next[key] == null || next[key] === '') delete next[key];
  if (next.screen === 'overview') delete next.screen;
  const search = new URLSearchParams(next).toString();
  const address = location.pathname + (search ? '?' + search : '');
  if (address === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  here = read();
  for (const listener of listeners) listener(here);
}

/** The address that `go` would lead to, for links. */
export function href(change) {
  const keep = 'screen' in change && change.screen !== here.screen
    ? { twin: here.twin, range: here.range, at: here.at } : here;
  const next = { ...keep, ...change };
  for (const key of Object.keys(next)) if (next[key] == null || next[key] === '') delete next[key];
  if (next.screen === 'overview') delete next.screen;
  const search = new URLSearchParams(next).toString();
  return search ? '?' + search : location.pathname;
}

addEventListener('popstate', () => {
  here = read();
  for (const listener of listeners) listener(here);
});

// Links within the page do not load it again.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const target = new URL(link.href);
  if (target.origin !== location.origin || target.pathname !== location.pathname || link.target) return;
  if (target.hash) return;
  event.preventDefault();
  const next = Object.fromEntries(target.searchParams);
  const cleared = Object.fromEntries(Object.keys(here).map((key) => [key, null]));
  go({ ...cleared, ...next, screen: next.screen ?? 'overview' });
});

export function onMove(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useUrl() {
  const [value, setValue] = useState(here);
  useEffect(() => onMove(setValue), []);
  return value;
}

export const RANGES = { '5m': 300, '15m': 900, '1h': 3600, '24h': 86400, '7d': 604800 };
export const MORE_RANGES = { '30d': 2592000, '90d': 7776000, '1y': 31536000 };
export const rangeName = () => (here.range in RANGES || here.range in MORE_RANGES ? here.range : '15m');
export const rangeSeconds = () => RANGES[rangeName()] ?? MORE_RANGES[rangeName()];
export const rangeText = (name = rangeName()) =>
  name.replace(/^(\d+)(.)$/, (_, n, unit) => `${n} ${unit === 'm' ? 'min' : unit}`);
