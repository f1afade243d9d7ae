// A list that does not move under the reader: while the pointer or the focus is in it, or the page
// is scrolled down, what is new waits and is counted.
import { useEffect, useRef, useState } from '../lib/html.js';

export function useHeld(items, keyOf) {
  const [shown, setShown] = useState(items ?? []);
  const held = useRef(false);
  const [, redraw] = useState(0);
  const latest = useRef(items);
  latest.current = items;
  useEffect(() => {
    const scrolled = (document.getElementById('main')?.scrollTop ?? 0) > 40;
    if (items && !held.current && !scrolled) setShown(items);
  }, [items]);
  const known = new Set(shown.map(keyOf));
  const newer = (items ?? []).filter((i) => !known.has(keyOf(i))).length;
  const show = () => { setShown(latest.current ?? []); document.getElementById('main')?.scrollTo({ top: 0 }); };
  return {
    items: shown.length || !items ? shown : items, newer: shown.length ? newer : 0, show,
    hold: () => { held.current = true; },
    free: () => { held.current = false; redraw((n) => n + 1); },
  };
}
