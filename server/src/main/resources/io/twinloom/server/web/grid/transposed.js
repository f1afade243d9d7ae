// For phones: clouds are columns, layers are rows, so that nothing needs to be scrolled sideways.
import { LAYERS } from './flows.js';
import { rounded, arrow } from './layout.js';

const CELL = 52;
const GAP = 34;
const LABEL = 58;

export function transposed({ width, rows, layers, flows }) {
  const used = rows.filter((r) => r.used);
  const colGap = 8;
  const w = (width - LABEL - colGap * (used.length - 1)) / used.length;
  const x = Object.fromEntries(used.map((r, i) => [r.cloud, LABEL + i * (w + colGap)]));
  const ids = LAYERS.filter((id) => layers[id]);
  const lanes = {};
  const edges = flows.filter((f) => f.kind === 'live' || f.kind === 'scheduled');
  const order = (id) => ids.indexOf(id);
  for (const t of edges) if (order(t.to) - order(t.from) > 1) lanes[layers[t.to].cloud] = 1;
  const cells = {};
  ids.forEach((id, i) => {
    const cloud = layers[id].cloud;
    const lane = lanes[cloud] && edges.some((t) => order(t.to) - order(t.from) > 1 && layers[t.to].cloud === cloud && order(t.from) < i && i < order(t.to));
    cells[id] = { id, x: x[cloud] + 1, y: 28 + i * (CELL + GAP), w: w - 2 - (lane ? 18 : 0), h: CELL, cloud };
  });
  const height = 28 + ids.length * (CELL + GAP) - GAP + 8;
  const result = edges.map((t) => {
    const a = cells[t.from];
    const b = cells[t.to];
    const base = { ...t, fromCloud: a.cloud, toCloud: b.cloud };
    if (order(t.to) - order(t.from) > 1) {
      const lx = x[b.cloud] + w - 9;
      const right = lx > a.x + a.w;
      const ay = a.y + 16;
      const corners = right ? [[a.x + a.w, ay], [lx, ay], [lx, b.y]] : [[a.x + a.w - 14, a.y + a.h], [a.x + a.w - 14, a.y + a.h + 9], [lx, a.y + a.h + 9], [lx, b.y]];
      const end = [lx, b.y];
      return { ...base, corners, path: rounded([...corners.slice(0, -1), [lx, b.y - 5]]), arrow: arrow(end, [0, 1]), ...cross(a, b, x, w, right && a.cloud !== b.cloud ? { x: (a.x + a.w + lx) / 2, y: ay, w: 50 } : null) };
    }
    const ax = a.x + a.w / 2 + (a.cloud === b.cloud ? 0 : 0);
    const bx = b.x + b.w / 2;
    const my = a.y + a.h + GAP / 2;
    const corners = Math.abs(ax - bx) < 2 ? [[bx, a.y + a.h], [bx, b.y]] : [[ax, a.y + a.h], [ax, my], [bx, my], [bx, b.y]];
    const tip = [...corners.slice(0, -1), [bx, b.y - 5]];
    return { ...base, corners, path: rounded(tip), arrow: arrow([bx, b.y], [0, 1]), ...cross(a, b, x, w, { x: (ax + bx) / 2, y: my, w: 90 }) };
  });
  return {
    id: 't', transposed: true, width, height, cells, edges: result, columns: [],
    bands: used.map((r) => ({ ...r, box: { x: x[r.cloud], y: 24, w, h: height - 28 } })),
    heads: ids.map((id) => ({ id, x: 0, y: cells[id].y + 8, w: LABEL - 6, title: id.replace('L3 ', 'L3 '), words: '' })),
  };
}

function cross(a, b, x, w, pill) {
  if (a.cloud === b.cloud) return {};
  const left = x[a.cloud] < x[b.cloud];
  return { pill, downwards: left, gradient: [x[left ? a.cloud : b.cloud] + w / 2, x[left ? b.cloud : a.cloud] + w / 2] };
}
