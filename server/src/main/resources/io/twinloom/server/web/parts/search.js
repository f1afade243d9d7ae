// Search: screens, devices and their properties, functions, connections, and traces by their id.
import { html, useState, useRef } from '../lib/html.js';
import { state } from '../lib/store.js';
import { go } from '../lib/url.js';
import { SCREENS, nameOf } from '../lib/keys.js';
import { short } from '../lib/twin.js';
import { Sheet } from './bits.js';

function entries() {
  const list = SCREENS.map(([id]) => ({ kind: 'screen', text: nameOf(id), to: { screen: id } }));
  if (state.projects.length > 1) for (const p of state.projects) list.push({ kind: 'project', text: p.id, to: { screen: 'overview', twin: p.id } });
  for (const d of state.project.devices ?? []) {
    list.push({ kind: 'device', text: d.id, to: { screen: 'devices', device: d.id } });
    for (const p of d.properties) list.push({ kind: 'property', text: `${d.id} ${p.name}`, to: { screen: 'devices', device: d.id, property: p.name } });
  }
  for (const f of state.plan?.functions ?? []) list.push({ kind: 'function', text: short(f.name), more: `${f.layer} on ${f.cloud}`, to: { screen: 'logs', view: 'logs', function: f.name } });
  for (const c of state.plan?.connections ?? []) list.push({ kind: 'connection', text: c.id, to: { screen: 'topology', crossing: c.id } });
  for (const e of state.entities?.items ?? []) list.push({ kind: 'entity', text: e.name || e.id, to: { screen: 'twin', entity: e.id } });
  return list;
}

export function Search({ start = '', onClose }) {
  const [text, setText] = useState(start);
  const [chosen, setChosen] = useState(0);
  const all = useRef(entries());
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.current.filter((e) => words.every((w) => `${e.kind} ${e.text}`.toLowerCase().includes(w))).slice(0, 40);
  if (/^[0-9a-f-]{32,36}$/i.test(text.trim())) found.unshift({ kind: 'trace', text: text.trim(), to: { screen: 'logs', trace: text.trim() } });
  const open = (e) => { onClose(); go(e.to); };
  const keys = (e) => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') { e.preventDefault(); setChosen((i) => Math.max(0, Math.min(found.length - 1, i + (e.key === 'ArrowDown' ? 1 : -1)))); }
    if (e.key === 'Enter' && found[chosen]) { e.preventDefault(); open(found[chosen]); }
  };
  return html`<${Sheet} title="Search" onClose=${onClose}>
    <input class="in" autofocus role="combobox" aria-expanded="true" aria-controls="found" aria-activedescendant=${found[chosen] ? `found-${chosen}` : undefined} aria-label="Search screens, devices, functions, connections, traces"
      placeholder="device, property, function, connection, trace id" value=${text} onInput=${(e) => { setText(e.target.value); setChosen(0); }} onKeyDown=${keys} />
    <ul id="found" role="listbox" aria-label="Found" style=${{ maxHeight: '50vh', overflow: 'auto' }}>
      ${found.map((e, i) => html`<li id=${`found-${i}`} role="option" aria-selected=${String(i === chosen)} class="menu-it row it" style=${{ minHeight: '30px', padding: '0 8px', borderRadius: '6px', cursor: 'pointer', background: i === chosen ? 'var(--sunken)' : 'none' }} onClick=${() => open(e)}>
        <span class="ink3 sm" style=${{ width: '76px' }}>${e.kind}</span><bdi class="el grow">${e.text}</bdi>${e.more && html`<span class="ink3 sm">${e.more}</span>`}</li>`)}
    </ul>
    ${!found.length && html`<p class="ink2">Nothing has this name.</p>`}
  </${Sheet}>`;
}
