// A device's history over the range, page by page, kept up to date by the values that arrive.
import { useEffect, useState, useRef } from './html.js';
import { read, ApiError, seg } from './api.js';
import { present, topic, useTopic, use } from './store.js';
import { useUrl, rangeSeconds } from './url.js';

const MAX = 4000;
const PAGE = 1000;

/** {items, parts, pending, problem, from, to, load}: items oldest first, at most 4,000 of them. */
export function useHistory(device) {
  const url = useUrl();
  const [result, setResult] = useState({ items: [], parts: [], pending: [], problem: null, loaded: false });
  const values = useTopic('values');
  const frozen = use((s) => s.frozen);
  const seconds = rangeSeconds();
  const drawn = useRef(0);
  const key = `${device} ${seconds} ${url.at ?? ''}`;
  const current = useRef(key);
  current.current = key;
  const load = async () => {
    const to = present();
    const from = to - seconds * 1000;
    let items = [];
    const parts = {};
    let pending = [];
    let nextToken;
    try {
      do {
        // Newest first, so that what does not fit is the oldest.
        const page = await read(`devices/${seg(device)}/items`, { from: new Date(from).toISOString(), to: new Date(to + 1000).toISOString(), limit: PAGE, order: 'desc', nextToken });
        items = items.concat(page.items);
        for (const t of page.tiers) parts[t.tier] = (parts[t.tier] ?? 0) + t.items;
        pending = page.pending;
        nextToken = page.nextToken;
      } while (nextToken && items.length < MAX && current.current === key);
      if (current.current !== key) return;
      items.sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
      setResult({ items, parts: Object.entries(parts), pending, problem: null, loaded: true, cut: !!nextToken });
    } catch (e) {
      if (current.current === key) setResult((r) => ({ ...r, problem: e instanceof ApiError ? e.problem : { title: 'The page failed', detail: e.message }, loaded: true }));
    }
  };
  useEffect(() => { setResult({ items: [], parts: [], pending: [], problem: null, loaded: false }); if (device) load(); }, [key]);
  // What arrives live is put at the end, at most four times a second.
  useEffect(() => {
    // Four times a second at most; once where a reader wants little motion.
    const pause = matchMedia('(prefers-reduced-motion: reduce)').matches ? 1000 : 250;
    if (url.at || frozen || !device || !result.loaded || Date.now() - drawn.current < pause) return;
    drawn.current = Date.now();
    const mine = (topic('values')?.items ?? []).filter((v) => v.device === device && v.time);
    if (!mine.length) return;
    setResult((r) => {
      const last = r.items.length ? r.items[r.items.length - 1].timestamp : '';
      const fresh = new Map();
      for (const v of mine) for (const [t, x] of v.recent.concat([[v.time, v.value]])) if (t > last) fresh.set(t, { ...(fresh.get(t) ?? { timestamp: t }), [v.property]: x });
      if (!fresh.size) return r;
      const items = r.items.concat([...fresh.values()].sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1)));
      return { ...r, items: items.length > MAX + PAGE ? items.slice(-MAX) : items };
    });
  }, [values, result.loaded]);
  const to = present();
  return { ...result, from: to - seconds * 1000, to, load };
}
