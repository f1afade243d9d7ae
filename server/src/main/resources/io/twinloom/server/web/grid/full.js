// Cells with their functions, as the screen Topology has them.
import { html } from '../lib/html.js';
import { short, deviceOf } from '../lib/twin.js';
import { topic, state, present } from '../lib/store.js';
import { count, duration } from '../lib/format.js';
import { Glyph } from '../parts/marks.js';

const ROW = 21;
const HEAD = 26;
const MAX_USER = 9;

let context;
function textWidth(text) {
  if (!context) {
    context = document.createElement('canvas').getContext('2d');
    const style = getComputedStyle(document.body);
    context.font = `550 ${style.fontSize} ${style.fontFamily}`;
  }
  return context.measureText(text).width;
}

/** User code by the name that the project has for it. */
export const codeName = (f) => (f.function === 'user-processor' ? deviceOf(f.name) : null) ?? short(f.name);

/** For each layer: how wide and high its cell is, and where a function's line is within it. */
export function fullColumns(layers, folded, tight = false) {
  const shapes = {};
  const wide = (text) => textWidth(text) * (tight ? 0.846 : 1);
  for (const layer of Object.values(layers)) {
    const names = layer.functions.map((f) => short(f.name));
    const user = folded ? [] : layer.user.slice(0, MAX_USER);
    const left = Math.min(Math.max(layer.id === 'L1' && !tight ? 136 : layer.id === 'L2' ? 100 : 74, ...names.map(wide)), 190) + (tight ? 26 : 29);
    const right = user.length ? Math.min(Math.max(58, ...user.map((f) => wide(codeName(f)))), 150) + (tight ? 32 : 38) : 0;
    const devices = layer.id === 'L1' && state.project?.devices.length ? 1 : 0;
    const more = layer.user.length > user.length ? 1 : 0;
    const lines = Math.max(devices + names.length + (layer.id === 'L2' ? 2 : 0) + (folded && layer.user.length ? 1 : 0), user.length + (more && !folded ? 1 : 0));
    shapes[layer.id] = {
      need: layer.id === 'L5' ? wide('this page') + 44 : left + right, height: HEAD + Math.max(lines, layer.id === 'L5' ? 1 : 0) * ROW + 8, left, user, more: layer.user.length - user.length, devices,
      y: (fn) => { const i = layer.functions.findIndex((f) => f.name === fn); return i < 0 ? HEAD / 2 + 2 : HEAD + (devices + i) * ROW + 11; },
    };
  }
  return shapes;
}

const failures = () => {
  const map = new Map();
  for (const g of topic('deadLetters')?.groups ?? []) if (!g.codeChanged && present() - Date.parse(g.last) < 900000) map.set(g.function, (map.get(g.function) ?? 0) + g.letters);
  return map;
};

export function FullCell({ id, layer, shape, folded, off }) {
  const failing = failures();
  const ledger = topic('ledger');
  const on = (name) => off?.functions.has(name);
  const line = (f, mark) => html`<span key=${f.name} class=${`fn el${on(f.name) ? ' on' : ''}${failing.has(f.name) ? ' warn' : ''}`} title=${`${f.name}: ${f.why}`}>
    <i class=${mark} aria-hidden="true"></i><bdi class="el">${mark === 'uc' ? codeName(f) : short(f.name)}</bdi>${failing.has(f.name) && html`<${Glyph} kind="warn" quiet />`}</span>`;
  const userFailing = layer.user.some((f) => failing.has(f.name));
  return html`<span class="fns" style=${shape.user.length ? { gridTemplateColumns: `${shape.left - 10}px minmax(0, 1fr)` } : null}>
    <span class="ours">
      ${shape.devices > 0 && html`<span class="fn devs">${state.project.devices.slice(0, 8).map((d) => html`<i key=${d.id} class=${`dev${off && off.device === d.id ? ' on' : ''}`} title=${d.id}>${[...d.id][0]?.toUpperCase()}</i>`)}${state.project.devices.length > 8 && html`<small>+${state.project.devices.length - 8}</small>`}</span>`}
      ${layer.functions.map((f) => line(f, f.exposed ? 'ex' : 'own'))}
      ${folded && layer.user.length > 0 && html`<span class="fn ink3 nw"><i class="uc" aria-hidden="true"></i><span class="el">+ ${layer.user.length} of your code</span> ${userFailing && html`<${Glyph} kind="warn" quiet />`}</span>`}
      ${id === 'L2' && html`<span class="queue">queued ${count(ledger?.queued ?? 0)}<br />oldest ${ledger?.oldestQueuedSeconds != null ? duration(ledger.oldestQueuedSeconds, true) : '\u2013'}</span>`}
    </span>
    ${shape.user.length > 0 && html`<span class="yours"><span class="lab">your code</span>${shape.user.map((f) => line(f, 'uc'))}${shape.more > 0 && html`<span class="fn ink3">+ ${shape.more} more</span>`}</span>`}
    ${id === 'L5' && html`<span class="ink3">view</span>`}
  </span>`;
}
