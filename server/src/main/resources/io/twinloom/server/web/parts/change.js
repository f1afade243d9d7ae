// A change of the running twin while it goes on: its phase, how far it is, what it waits for.
import { html } from '../lib/html.js';
import { state, useTopic } from '../lib/store.js';
import { bytes, count, duration, plural, time } from '../lib/format.js';
import { LAYERS, KEYS } from '../grid/flows.js';
import { placement } from '../lib/twin.js';
import { Glyph, Cloud } from './marks.js';

const GLYPHS = { waiting: 'stale', paused: 'stale', failed: 'fail' };
const words = (text) => String(text ?? '').replace(/[-_]/g, ' ').toLowerCase();
const layerOf = (id) => LAYERS.find((l) => KEYS[l] === id || l === id) ?? id ?? '';

/** The phases in which the new store is not the current one yet, and the one that makes it so: layer 4 is where it is read. */
const PHASES = { before: ['idle-movers', 'expand', 'switch-reads'], turn: 'switch-writes' };
const PHASES_OF_L4 = { before: ['expand', 'switch-writes', 'copy', 'verify'], turn: 'switch-reads' };

/** Which layer moves, to which cloud: at first the store beside the current one is the new one, at last the former one. */
function changeTitle(c, stores) {
  const beside = stores?.find((s) => s.role === 'copying' && s.tier === c.layer)?.cloud;
  const { before, turn } = layerOf(c.layer) === 'L4' ? PHASES_OF_L4 : PHASES;
  const to = before.includes(c.kind) ? beside : c.kind === turn ? '' : placement()[layerOf(c.layer)];
  return `${layerOf(c.layer)} moves${to ? ` to ${to}` : ''}`;
}

export function ChangeCard() {
  const status = useTopic('status');
  const c = status?.change;
  if (!c) return null;
  const p = c.progress ?? {};
  const share = p.totalBytes ? Math.min(100, ((p.bytes ?? 0) / p.totalBytes) * 100) : null;
  const left = p.eta;
  return html`<section class="card pad changing" aria-label="Change under way" data-change=${c.state}>
    <div class="row wrap"><${Glyph} kind=${GLYPHS[c.state] ?? 'none'} quiet /><b>${changeTitle(c, status.stores)}</b><span class="ink2">phase ${c.phase}${c.of ? ` of ${c.of}` : ''}${c.words ? `: ${c.words}` : ''}, <span class=${c.state === 'failed' ? 'fail' : ''}>${words(c.state)}</span>${c.since ? ` since ${time(c.since)}` : ''}</span>
      <span class="grow"></span>${c.cancellable && html`<span class="ink3 sm">to go back: <code>./twinloom deploy ${state.project.id} --cancel</code></span>`}</div>
    ${c.waitingFor && html`<p class=${c.state === 'failed' ? 'fail' : 'warn'}>waits for <bdi>${c.waitingFor}</bdi></p>`}
    ${share != null && html`<div class="meter" role="progressbar" aria-label="Copied" aria-valuenow=${Math.round(share)} aria-valuemin="0" aria-valuemax="100"><i style=${{ width: `${share}%` }}></i></div>`}
    ${c.progress && html`<p class="sm ink2">${[p.items && plural(p.items, 'item'), p.chunks && plural(p.chunks, 'chunk'), p.bytes > 0 && `${bytes(p.bytes)}${p.totalBytes ? ` of ${bytes(p.totalBytes)}` : ''}`, p.itemsPerSecond && `${count(p.itemsPerSecond)} a second`, left > 0 && `about ${duration(left, true)} left`].filter(Boolean).join(' · ')}</p>`}
  </section>`;
}

const ROLES = { previous: 'still read, empties by age', copying: 'takes part in the change', retained: 'kept, not read', forwarding: 'still lets devices in' };
const roleOf = (s) => (s.role === 'previous' && !layerOf(s.tier).startsWith('L3') ? 'still in use' : ROLES[s.role] ?? '');

/** Stores beside the current ones: what a change has left, and how it goes. */
export function OtherStores() {
  const stores = (useTopic('status')?.stores ?? []).filter((s) => s.role && s.role !== 'current');
  if (!stores.length) return null;
  return html`<section class="card" aria-label="Other stores"><header><h2>Stores beside the current ones</h2><span class="end">they go with <code>./twinloom retire ${state.project.id}</code></span></header><ul class="rows">${stores.map((s) => html`<li key=${s.cloud + s.name} class="row wrap"><${Cloud} cloud=${s.cloud} /><bdi class="b">${s.name}</bdi><span class="ink3">${layerOf(s.tier)}</span><span class="ink2">${s.role}: ${roleOf(s)}</span></li>`)}</ul></section>`;
}
