// A red line while connections are broken on purpose: what, until when, and how to end it.
import { html } from '../lib/html.js';
import { use, useNow } from '../lib/store.js';
import { remove } from '../lib/api.js';
import { duration } from '../lib/format.js';
import { useAction } from './bits.js';
import { Glyph } from './marks.js';

export function ChaosBar() {
  const chaos = use((s) => s.topics.chaos);
  const now = useNow(1000);
  const [end, busy] = useAction(() => Promise.all(chaos.active.map((f) => remove(`chaos/${encodeURIComponent(f.connection)}`))));
  if (!chaos?.active.length) return null;
  return html`<div class="notice" role="status"><${Glyph} kind="open" quiet />
    <span class="grow">${chaos.active.map((f, i) => html`${i ? '; ' : ''}<bdi class="b">${f.connection}</bdi> ${f.cut ? 'is cut' : [f.latencyMs && `${f.latencyMs} ms slower`, f.errorRate && `${Math.round(f.errorRate * 100)} % errors`].filter(Boolean).join(', ')}, ends in ${duration((Date.parse(f.until) - now) / 1000)}`)}</span>
    <button class="btn s" disabled=${busy} onClick=${() => end()}>End now</button></div>`;
}
