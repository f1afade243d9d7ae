// Glyphs of states, icons, and the swatch of a cloud.
import { html } from '../lib/html.js';

const RING = 'M7 1.2a5.8 5.8 0 1 1 0 11.6 5.8 5.8 0 0 1 0-11.6z';
const line = (d, more = {}) => html`<path d=${d} fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round" ...${more} />`;
const GLYPHS = {
  ok: () => html`${line(RING)}${line('M4.4 7.2 6.3 9 9.7 5.2')}`,
  none: () => line(RING, { 'stroke-dasharray': '2 2.04' }),
  stale: () => html`${line(RING)}${line('M7 4v3.2l2.1 1.2')}`,
  warn: () => html`<path d="M7 1.5 13.2 12.5H.8z" fill="currentColor" stroke="currentColor" stroke-width="1" stroke-linejoin="round" /><path d="M7 5.5v3.2M7 10.6v.2" stroke="var(--surface)" stroke-width="1.4" stroke-linecap="round" />`,
  fail: () => html`<path d="M4.5 1h5L13 4.5v5L9.5 13h-5L1 9.5v-5z" fill="currentColor" /><path d="M5 5l4 4M9 5l-4 4" stroke="var(--surface)" stroke-width="1.5" stroke-linecap="round" />`,
  open: () => line('M0 7h4M4.5 3.5v7M9.5 3.5v7M10 7h4', { 'stroke-width': 1.6 }),
};
const WORD = { ok: 'healthy', none: 'no data yet', stale: 'stale', warn: 'warning', fail: 'failing', open: 'circuit open' };
const TONE = { ok: 'ink2', none: 'ink3', stale: 'warn', warn: 'warn', fail: 'fail', open: 'fail' };

/** A state's glyph; its word is read out unless it stands beside it. */
export function Glyph({ kind, quiet, tone }) {
  const named = quiet ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': WORD[kind] };
  return html`<svg class=${`g ${tone ?? TONE[kind]}`} viewBox="0 0 14 14" ...${named}>${GLYPHS[kind]()}</svg>`;
}

const ICONS = {
  overview: 'M2 2.5h12v4H2zM2 9.5h4.5v4H2zM9.5 9.5H14v4H9.5z',
  topology: 'M2 4h4.5v8H14M2 12h2M9.5 4H14',
  devices: 'M8 8h.01M5.5 10.5a3.5 3.5 0 0 1 0-5M10.5 5.5a3.5 3.5 0 0 1 0 5M3.2 12.8a6.8 6.8 0 0 1 0-9.6M12.8 3.2a6.8 6.8 0 0 1 0 9.6',
  twin: 'M6 2h4v3H6zM1.5 11h4v3h-4zM10.5 11h4v3h-4zM8 5v3M3.5 11V8h9v3',
  tiers: 'M8 1.8 14.5 5 8 8.2 1.5 5zM1.5 8 8 11.2 14.5 8M1.5 11 8 14.2 14.5 11',
  events: 'M9 1.5 3 9h4l-1 5.5L12.5 7h-4z',
  logs: 'M2 3.5h5M5 6.5h5M7 9.5h5M10 12.5h4',
  letters: 'M1.8 3.5h12.4v9H1.8zM1.8 4l6.2 5 6.2-5',
  plan: 'M2 2v12h12M4.5 11l3-4 2.5 2 4-5.5',
  projects: 'M2 4.5h4l1.5 2H14v6.5H2zM2 4.5V3h4l1 1.5',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.5 10.5 14 14',
  clock: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 5v3.3l2.2 1.3',
  down: 'M4 6l4 4.5L12 6',
  close: 'M4 4l8 8M12 4l-8 8',
};

export const Icon = ({ name }) => html`<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><path d=${ICONS[name]} /></svg>`;

export const Logo = () => html`<svg viewBox="0 0 18 18" aria-hidden="true" fill="none" stroke-width="2.4" stroke-linecap="round">
  <path stroke="currentColor" d="M4.5 1v16M9 1v16M13.5 1v16" /><path stroke="var(--aws)" d="M1 4.5h16" />
  <path stroke="var(--azure)" d="M1 9h16" /><path stroke="var(--google)" d="M1 13.5h16" /></svg>`;

/** A cloud's pattern; decorative where its name stands beside it. */
export const Swatch = ({ cloud, named }) => html`<i class=${`sw ${cloud}`} ...${named ? { role: 'img', 'aria-label': cloud } : { 'aria-hidden': 'true' }} title=${cloud}></i>`;

export const Cloud = ({ cloud }) => html`<span class="row nw"><${Swatch} cloud=${cloud} /><bdi>${cloud}</bdi></span>`;
