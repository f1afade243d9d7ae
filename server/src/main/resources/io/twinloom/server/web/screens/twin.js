// Twin: the entities as a tree, with values, alarms, component types, relations, and the scene.
import { html, useState, useRef, useEffect } from '../lib/html.js';
import { use, useCalm } from '../lib/store.js';
import { useUrl, go, href } from '../lib/url.js';
import { plural } from '../lib/format.js';
import { ValueRow } from '../parts/values.js';
import { useRead, Problem, Skeleton, useMedia } from '../parts/bits.js';
import { Glyph } from '../parts/marks.js';
import { Later } from '../parts/later.js';
import { Scene } from '../parts/scene.js';

export function Twin() {
  const url = useUrl();
  const { data, problem, load } = useRead('entities', { at: url.at }, { every: url.at ? 0 : 5000 });
  const hierarchy = useRead('files/twin_hierarchy/hierarchy.json');
  const models = useRead('scene');
  const items = data?.items ?? [];
  const chosen = items.find((e) => e.id === url.entity) ?? items[0];
  if (problem && !data) return html`<div class="page"><h1>Twin</h1><${Problem} problem=${problem} retry=${load} /></div>`;
  const relations = relationsOf(hierarchy.data?.content);
  const scene = models.data?.items[0]?.path;
  return html`<div class="page"><div class="head"><h1>Twin</h1><span class="sub">${plural(items.length, 'entity', 'entities')}, ${plural(items.reduce((n, e) => n + e.components.length, 0), 'component')}</span></div>
    ${!data ? html`<${Skeleton} rows=${6} />` : !items.length ? html`<section class="card empty">No entities. They are in twin_hierarchy/hierarchy.json; without it the devices are shown on Overview.</section>` : html`<div class="cols twin">
      <div class="stack">${scene && html`<${Scene} file=${scene} items=${items} />`}<${Details} entity=${chosen} items=${items} relations=${relations} /></div>
      <section class="card first" aria-label="Entities"><header><h2>Entities</h2><span class="end">arrows move, Enter opens</span></header><div class="pad"><${Tree} items=${items} chosen=${chosen?.id} /></div></section></div>`}
  </div>`;
}

/** Relations of a hierarchy in either shape: [{from, name, to}]. */
function relationsOf(content) {
  if (!content) return [];
  try {
    const root = JSON.parse(content);
    const list = (root.relationships ?? []).map((r) => ({ from: r.$sourceId, name: r.$relationshipName, to: r.$targetId }));
    const walk = (node) => {
      for (const r of node.relations ?? []) list.push({ from: node.id, name: r.name, to: r.target });
      for (const child of node.children ?? []) walk(child);
    };
    for (const node of Array.isArray(root) ? root : [root]) walk(node);
    return list.filter((r) => r.from && r.to && r.name !== 'contains');
  } catch {
    return [];
  }
}

function Tree({ items, chosen }) {
  const [closed, setClosed] = useState(new Set());
  const [focus, setFocus] = useState(chosen);
  const root = useRef();
  const children = new Map();
  for (const e of items) { const list = children.get(e.parent) ?? []; list.push(e); children.set(e.parent, list); }
  const visible = [];
  const walk = (parent, level) => {
    for (const e of children.get(parent) ?? []) {
      visible.push({ e, level, kids: children.get(e.id)?.length ?? 0 });
      if (!closed.has(e.id)) walk(e.id, level + 1);
    }
  };
  walk(null, 1);
  for (const e of items) if (e.parent && !items.some((x) => x.id === e.parent)) visible.push({ e, level: 1, kids: 0 });
  const moved = useRef(false);
  useEffect(() => { if (moved.current) root.current?.querySelector('[tabindex="0"]')?.focus(); }, [focus]);
  const current = visible.some((v) => v.e.id === focus) ? focus : visible[0]?.e.id;
  const toggle = (id, shut) => { const next = new Set(closed); if (shut) next.add(id); else next.delete(id); setClosed(next); };
  let typed = '';
  const keys = (event) => {
    const i = visible.findIndex((v) => v.e.id === current);
    const at = (k) => { moved.current = true; if (visible[k]) setFocus(visible[k].e.id); };
    const v = visible[i];
    const handled = () => { event.preventDefault(); event.stopPropagation(); };
    switch (event.key) {
      case 'ArrowDown': handled(); at(i + 1); break;
      case 'ArrowUp': handled(); at(i - 1); break;
      case 'Home': handled(); at(0); break;
      case 'End': handled(); at(visible.length - 1); break;
      case 'ArrowRight': handled(); if (v.kids && closed.has(v.e.id)) toggle(v.e.id, false); else if (v.kids) at(i + 1); break;
      case 'ArrowLeft': handled(); if (v.kids && !closed.has(v.e.id)) toggle(v.e.id, true); else at(visible.findIndex((x) => x.e.id === v.e.parent)); break;
      case 'Enter': case ' ': handled(); go({ entity: v.e.id }); break;
      default:
        if (event.key.length === 1 && /\p{L}/u.test(event.key) && !event.ctrlKey) {
          typed = event.key.toLowerCase();
          const k = visible.findIndex((x, n) => n > i && (x.e.name || x.e.id).toLowerCase().startsWith(typed));
          if (k >= 0) { handled(); at(k); }
        }
    }
  };
  return html`<ul role="tree" aria-label="Entities" ref=${root} onKeyDown=${keys} class="tree">${visible.map(({ e, level, kids }) => html`<li key=${e.id} role="treeitem" aria-level=${level} aria-expanded=${kids ? String(!closed.has(e.id)) : undefined} aria-selected=${String(e.id === chosen)} tabindex=${e.id === current ? 0 : -1} data-entity=${e.id}
      style=${{ paddingInlineStart: `${(level - 1) * 16 + 6}px` }} onClick=${() => { setFocus(e.id); go({ entity: e.id }); }}>
    <span class="ink3 fold" aria-hidden="true" onClick=${(x) => { if (kids) { x.stopPropagation(); toggle(e.id, !closed.has(e.id)); } }}>${kids ? (closed.has(e.id) ? '▸' : '▾') : ''}</span>
    <bdi class="el grow">${e.name || e.id}</bdi>${e.alarm && html`<${Glyph} kind="warn" />`}<span class="ink3 sm">${e.components.length || ''}</span></li>`)}</ul>`;
}

function Details({ entity, items, relations }) {
  const [why, setWhy] = useState(null);
  const live = useCalm('values')?.items;
  const past = use((s) => s.past.at);
  const narrow = useMedia('(max-width: 639px)');
  const name = (id) => items.find((e) => e.id === id)?.name || id;
  const mine = relations.filter((r) => r.from === entity.id || r.to === entity.id);
  const way = [];
  for (let e = entity; e; e = items.find((x) => x.id === e.parent)) way.unshift(e);
  const within = (e) => [e, ...items.filter((x) => x.parent === e.id).flatMap(within)];
  const below = within(entity).flatMap((e) => e.components.map((c) => ({ e, c })));
  const newest = (v) => (past ? v : live?.find((x) => x.device === v.device && x.property === v.property) ?? v);
  return html`<section class="card" aria-label=${`Entity ${entity.name || entity.id}`}><header><h2 class="el">${way.map((e, i) => html`${i ? ' / ' : ''}<a href=${href({ entity: e.id })} class=${e === entity ? '' : 'ink3'}><bdi>${e.name || e.id}</bdi></a>`)}</h2>
      <span class="end">${entity.alarm ? html`<span class="warn b"><${Glyph} kind="warn" quiet /> <bdi>${entity.alarm}</bdi></span>` : 'no alarm'}</span></header>
    <div class=${narrow ? 'pad' : 'vals'}>${below.length ? below.map(({ e, c }) => html`<div class="vgroup" key=${e.id + c.name} data-device=${c.device}><h3><span class="el">${e !== entity && html`<bdi>${e.name || e.id}</bdi> / `}<b><bdi>${c.name}</bdi></b>${c.componentType && html` <span>type <bdi>${c.componentType}</bdi></span>`}</span>
        ${c.device && html`<span class="row"><a class="link" href=${href({ screen: 'devices', device: c.device })}><bdi>${c.device}</bdi></a><button class="whylink ink2" onClick=${() => setWhy(c.device)}>Why</button></span>`}</h3>
        ${c.values.map((v) => html`<${ValueRow} key=${v.property} v=${newest(v)} />`)}</div>`) : html`<p class="ink2">No component, here or below.</p>`}</div>
    ${mine.length > 0 && html`<div class="pad"><h3>Relations</h3><ul>${mine.map((r) => html`<li class="row" style=${{ minHeight: '26px' }}><a class="link" href=${href({ entity: r.from })}><bdi>${name(r.from)}</bdi></a><span class="ink3"><bdi>${r.name}</bdi> →</span><a class="link" href=${href({ entity: r.to })}><bdi>${name(r.to)}</bdi></a></li>`)}</ul></div>`}
    ${why && html`<${Later} part="why" device=${why} onClose=${() => setWhy(null)} />`}
  </section>`;
}

