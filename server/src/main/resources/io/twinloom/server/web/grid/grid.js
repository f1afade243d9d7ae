// The grid as it is drawn: bands, edges and dashes in SVG, cells and crossings as links on top.
import { html, useMemo, useRef } from '../lib/html.js';
import { layout } from './layout.js';
import { LAYERS, WORDS } from './flows.js';
import { use, useNow, state } from '../lib/store.js';
import { href, useUrl } from '../lib/url.js';
import { plural } from '../lib/format.js';
import { theLayers, theFlows, cloudRows, cellOf, edgeOf, placement } from '../lib/twin.js';
import { useWidth } from '../parts/bits.js';
import { Glyph, Swatch } from '../parts/marks.js';

const PERIOD = 12;
const WIDTHS = [1.3, 2.2, 3.2, 5];

/** A class of speed changes only after it has held for three seconds. */
function useSteady(speeds) {
  const steady = useRef({});
  const now = Date.now();
  const result = {};
  if (!state.topics.traffic) return speeds;
  for (const [id, speed] of Object.entries(speeds)) {
    const s = (steady.current[id] ??= { shown: speed, next: speed, at: now });
    if (speed === s.shown) s.next = speed;
    else if (speed !== s.next) { s.next = speed; s.at = now; } else if (now - s.at >= 3000) s.shown = speed;
    result[id] = s.shown;
  }
  return result;
}

export function layerWords(id) {
  const days = state.project?.days;
  if (!days) return WORDS[id];
  if (id === 'L3 hot') return plural(days.hot, 'day');
  if (id === 'L3 cold') return `${days.hot} to ${plural(days.hot + days.cold, 'day')}`;
  return WORDS[id];
}

/**
 * The grid with one figure for each layer. `full` draws functions (grid/full.js), `phone` turns it
 * (grid/transposed.js): only Topology has these, so it brings them.
 */
export function Grid({ full = null, phone = null, folded = false, off = null }) {
  const [box, width] = useWidth(0);
  const url = useUrl();
  use((s) => s.topics);
  use((s) => s.past);
  use((s) => s.entities);
  const capabilities = use((s) => s.capabilities);
  useNow(1000);
  const layers = theLayers();
  const flows = theFlows();
  const rows = cloudRows(capabilities, placement());
  const g = useMemo(() => {
    if (width < 40 || !flows) return null;
    if (phone) return phone({ width, rows, layers, flows });
    return gridLayout({ width, rows, layers, flows, full, folded });
  }, [width, rows, layers, flows, full, phone, folded]);
  const views = flows.map((f) => edgeOf({ ...f, fromCloud: layers[f.from].cloud, toCloud: layers[f.to].cloud }));
  const speeds = useSteady(Object.fromEntries(flows.map((f, i) => [f.id, views[i].speed])));
  const view = new Map(flows.map((f, i) => [f.id, { ...views[i], speed: speeds[f.id] ?? 0 }]));
  const isOff = (kind, id) => off && !off[kind].has(id);
  return html`<div ref=${box} class=${`grid${full ? ' full' : ''}${phone ? ' phone-grid' : ''}${g?.tight ? ' tight' : ''}${width < 1000 ? ' small' : ''}`} style=${{ height: g ? `${g.height}px` : '262px' }} role="group" aria-label="Layers and clouds" onKeyDown=${(e) => arrows(e, g)}>
    ${g && html`
      ${g.bands.map((b) => html`<div key=${b.cloud} class=${`band ${b.cloud}${b.used ? '' : ' unused'}`} style=${px(b.box ?? { x: 0, y: b.y, w: g.width, h: b.h })}>
        <span class="name"><${Swatch} cloud=${b.cloud} /> <bdi>${b.cloud}</bdi></span></div>`)}
      ${g.heads.map((h) => html`<div key=${h.id} class="colhead el" style=${px({ x: h.x, y: h.y ?? 0, w: h.w })}><b>${h.title ?? h.id}</b> <span>${h.words ?? layerWords(h.id)}</span></div>`)}
      <${Edges} g=${g} view=${view} off=${off} />
      ${LAYERS.filter((id) => g.cells[id]).map((id) => html`<${Cell} key=${id} id=${id} layer=${layers[id]} box=${g.cells[id]} full=${full} folded=${folded} off=${off} />`)}
      ${g.edges.filter((t) => t.pill).map((t) => html`<${Crossing} key=${t.id} t=${t} v=${view.get(t.id)} full=${!!full && !phone} dim=${isOff('edges', t.id)} selected=${t.connections.some((c) => c.id === url.crossing)} />`)}`}
  </div>`;
}

const px = ({ x, y, w, h }) => ({ left: `${x}px`, top: `${y}px`, width: w == null ? null : `${w}px`, height: h == null ? null : `${h}px` });

function gridLayout({ width, rows, layers, flows, full, folded }) {
  const narrow = width < 1000;
  const index = Object.fromEntries(rows.map((r, i) => [r.cloud, i]));
  const ids = LAYERS.filter((id) => layers[id]);
  const room = width - 66 - 6 * (narrow ? 8 : 20);
  let shape = full?.fullColumns(layers, folded);
  const tight = !!full && ids.reduce((sum, id) => sum + shape[id].need, 0) > room;
  if (tight) shape = full.fullColumns(layers, folded, true);
  const spec = {
    columns: ids.map((id) => ({ id, row: index[layers[id].cloud], need: full ? shape[id].need : id === 'L5' ? 74 : id === 'L2' ? 120 : 108 })),
    rows, edges: flows, width, label: full ? (tight ? 60 : 66) : narrow ? 76 : 84, header: 26, gap: full ? (narrow ? 8 : tight ? 12 : 20) : narrow ? 13 : 28, rowGap: full ? 48 : 36,
    cellHeight: (c) => (full ? shape[c.id].height : 44),
    side: (cell, edge, end) => (full ? shape[cell.id].y(end === 'a' ? edge.fromFn : edge.toFn) : null),
    pill: full ? { w: 73, h: 34 } : { w: 51, h: 22 },
  };
  const g = layout(spec);
  g.heads = g.columns.map((c, i) => ({ id: c.id, x: c.x + 2, w: (g.columns[i + 1]?.x ?? width) - c.x - 6, words: narrow ? '' : undefined }));
  g.tight = tight;
  if (full) for (const id of ids) g.cells[id].shape = shape[id];
  return g;
}

function Edges({ g, view, off }) {
  const paused = use((s) => s.stream.kind === 'stale' || !!s.frozen || !!s.past.at);
  const order = { scheduled: 0, read: 1, command: 2, live: 3 };
  const sorted = [...g.edges].sort((a, b) => order[a.kind] - order[b.kind]);
  return html`<svg class=${`edges${paused ? ' paused' : ''}`} width=${g.width} height=${g.height} aria-hidden="true">
    <defs>${sorted.filter((t) => t.gradient).map((t, i) => html`<linearGradient key=${t.id} id=${`gr-${g.id ?? ''}${i}`} gradientUnits="userSpaceOnUse" ...${axis(t, g)}>
      <stop offset="0.3" class=${(t.downwards ? t.fromCloud : t.toCloud)} stop-color="var(--c)" /><stop offset="0.7" class=${(t.downwards ? t.toCloud : t.fromCloud)} stop-color="var(--c)" /></linearGradient>`)}</defs>
    ${sorted.map((t) => {
      const v = view.get(t.id) ?? { speed: 0 };
      const i = sorted.filter((x) => x.gradient).indexOf(t);
      const stroke = v.open ? 'var(--fail)' : t.gradient ? `url(#gr-${g.id ?? ''}${i})` : 'var(--c)';
      const w = v.open ? 2 : WIDTHS[v.speed];
      const kind = v.open ? 'cut' : t.kind;
      return html`<g key=${t.id} class=${`${t.toCloud} th ${kind}${off && !off.edges.has(t.id) ? ' dim' : ''}`}>
        <path class="halo" d=${t.path} stroke-width=${w + 5} />
        <path class="line" d=${t.path} stroke=${stroke} stroke-width=${w} />
        ${v.speed > 0 && !v.open && html`<path class=${`dash s${v.speed}`} d=${t.path} stroke-width=${Math.max(0.9, w / 3)} stroke-dasharray=${`7 ${PERIOD - 7}`} />`}
        <polygon points=${t.arrow} fill=${v.open ? 'var(--fail)' : 'var(--c)'} />
      </g>`;
    })}
  </svg>`;
}

const axis = (t, g) => g.transposed
  ? { x1: t.gradient[0], x2: t.gradient[1], y1: 0, y2: 0 }
  : { x1: 0, x2: 0, y1: t.gradient[0], y2: t.gradient[1] };

const SCREEN = { L1: 'devices', L2: 'logs', 'L3 hot': 'tiers', 'L3 cold': 'tiers', 'L3 archive': 'tiers', L4: 'twin', L5: 'overview' };

function Cell({ id, layer, box, full, folded, off }) {
  const c = cellOf(layer);
  const dim = off && !off.layers.has(id);
  const label = `${id} on ${layer.cloud}, ${c.figure}${c.word ? `, ${c.word}` : ''}`;
  return html`<a class=${`cell ${layer.cloud}${c.broken ? ' broken' : ''}${dim ? ' dim' : ''}`} style=${px(box)} href=${href({ screen: SCREEN[id] })} aria-label=${label} data-layer=${id}>
    <span class="fig"><span class="el">${id === 'L5' && box.w < 118 ? 'page' : c.figure}</span><${Glyph} kind=${c.state} quiet /></span>
    ${full && box.shape ? html`<${full.FullCell} id=${id} layer=${layer} shape=${box.shape} folded=${folded} off=${off} />`
      : c.word && html`<span class=${`word el ${c.tone ?? ''}`}>${c.word}</span>`}
  </a>`;
}

function Crossing({ t, v, full, dim, selected }) {
  const first = t.connections[0]?.id;
  return html`<a class=${`crossing${full ? ' pair' : ''} ${v.open ? 'open' : ''}${dim ? ' dim' : ''}${selected ? ' selected' : ''}`} style=${{ left: `${t.pill.x}px`, top: `${t.pill.y}px`, width: full ? `${t.pill.w}px` : null }}
      href=${href({ screen: 'topology', crossing: selected ? null : first })} aria-label=${v.title} aria-current=${selected ? 'true' : undefined} data-edge=${t.id}>
    <b>${v.open ? html`<${Glyph} kind="open" quiet /> ` : v.slow ? html`<${Glyph} kind="warn" quiet /> ` : ''}${v.open ? 'open' : v.text}</b>${full && html`<span>${v.sub}</span>`}</a>`;
}

// Arrows follow edges: right and left along the layers, up and down along what crosses.
function arrows(event, g) {
  if (!g || !['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'].includes(event.key)) return;
  const element = event.target.closest('[data-layer],[data-edge]');
  if (!element) return;
  const back = event.key === 'ArrowLeft' || event.key === 'ArrowUp';
  const root = event.currentTarget;
  const find = (selector, id) => root.querySelector(`[${selector}="${CSS.escape(id)}"]`);
  let target;
  if (element.dataset.edge) {
    const t = g.edges.find((x) => x.id === element.dataset.edge);
    target = find('data-layer', back ? t.from : t.to);
  } else {
    const id = element.dataset.layer;
    const vertical = event.key === 'ArrowUp' || event.key === 'ArrowDown';
    const next = g.edges.find((t) => (back ? t.to : t.from) === id && (!vertical || t.pill));
    target = next?.pill ? find('data-edge', next.id) : next && find('data-layer', back ? next.from : next.to);
    if (!target && !vertical) {
      const ids = LAYERS.filter((x) => g.cells[x]);
      target = find('data-layer', ids[ids.indexOf(id) + (back ? -1 : 1)] ?? id);
    }
  }
  if (target) { event.preventDefault(); target.focus(); }
}

