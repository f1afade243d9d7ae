// Where cells, edges and crossings are. Clouds are rows, layers are columns; every column has one
// cell, so an edge can always run straight up and down in the column of its sender or receiver.
// Pure: the same project and width make the same picture.

const CORNER = 9;
const LANE = 10;
const PILL_GAP = 2;

/**
 * Lays the grid out.
 *
 * @param {object} spec columns [{id, row, need}], rows [{cloud, thin}], edges [{id, from, to, kind}],
 *     width, label (of the rows' names), header, gap (between columns), rowGap, cellHeight(column),
 *     side(column, edge, end): y within the cell or null where any place will do, pill {w, h}
 * @return {object} height, bands, cells by id, edges with path, pill, arrow and gradient
 */
export function layout(spec) {
  const columns = placeColumns(spec);
  const byId = Object.fromEntries(columns.map((c) => [c.id, c]));
  const routes = spec.edges.map((t) => route(t, byId, columns)).filter(Boolean);
  assignSlots(routes, columns, spec);
  const lanes = assignLanes(routes);
  const levels = pillLevels(routes, spec);
  let bands = placeRows(spec, columns, lanes, levels);
  chooseOrder(routes, columns, bands, spec);
  const needed = settlePills(routes, levels.length);
  bands = placeRows(spec, columns, lanes, needed);
  for (const r of routes) if (r.pill) r.pill.levels = needed[r.pill.gap];
  const edges = routes.map((r) => draw(r, bands, columns, spec));
  const last = bands[bands.length - 1];
  return { height: last.y + last.h + 2, bands, cells: byId, columns, edges, width: spec.width };
}

function placeColumns({ columns, width, label, gap }) {
  const free = width - label - gap * (columns.length - 1) - 2;
  const need = columns.reduce((sum, c) => sum + c.need, 0);
  const spare = free - need;
  const grow = spare > 0 ? spare / columns.length : 0;
  const shrink = spare < 0 ? free / need : 1;
  let x = label;
  return columns.map((column, index) => {
    const w = Math.floor(column.need * shrink + grow);
    const placed = { ...column, index, x: Math.round(x), w };
    x += w + gap;
    return placed;
  });
}

const between = (columns, row, a, b) =>
  columns.some((c) => c.row === row && c.index > Math.min(a, b) && c.index < Math.max(a, b));

/** Chooses the shape: vertical then horizontal, horizontal then vertical, or over a lane of the row. */
function route(edge, byId, columns) {
  const a = byId[edge.from];
  const b = byId[edge.to];
  if (!a || !b) return null;
  const r = { edge, a, b, slots: {}, ys: {} };
  if (a.row === b.row) {
    r.shape = !between(columns, a.row, a.index, b.index) && Math.abs(a.index - b.index) >= 1 && edge.kind !== 'read' && edge.kind !== 'command'
      ? 'straight' : 'lane';
    r.top = edge.kind === 'live';
    return r;
  }
  const vh = !between(columns, b.row, a.index, b.index);
  const hv = !between(columns, a.row, a.index, b.index);
  const preferHv = edge.kind === 'scheduled' || edge.kind === 'command';
  r.shape = preferHv ? (hv ? 'hv' : vh ? 'vh' : 'lane') : vh ? 'vh' : hv ? 'hv' : 'lane';
  r.top = a.row < b.row;
  return r;
}

/** Columns in which a route has a vertical piece: the column's index and whether it crosses rows. */
function verticals(r) {
  if (r.shape === 'vh') return [[r.a, 'a', true]];
  if (r.shape === 'hv') return [[r.b, 'b', true]];
  if (r.shape === 'lane') return [[r.a, 'a', r.a.row !== r.b.row], [r.b, 'b', false]];
  return [];
}

function assignSlots(routes, columns) {
  for (const column of columns) {
    const here = [];
    for (const r of routes) for (const [c, end] of verticals(r)) if (c === column) here.push([r, end]);
    column.slots = here;
    here.forEach(([r, end], i) => { r.slots[end] = slotX(column, i, here.length); });
  }
}

const slotX = (column, i, n) => Math.round(column.x + (column.w * (i + 0.5)) / n);

/** Gives each run over a lane a level of its own where runs overlap. */
function assignLanes(routes) {
  const lanes = {};
  for (const r of routes) {
    if (r.shape !== 'lane') continue;
    const key = `${r.b.row}${r.top ? 't' : 'b'}`;
    const lane = (lanes[key] ??= []);
    const span = [Math.min(r.a.index, r.b.index), Math.max(r.a.index, r.b.index)];
    let level = 0;
    while (lane.some((o) => o.level === level && o.span[0] < span[1] && o.span[1] > span[0])) level++;
    lane.push({ level, span });
    r.level = level;
  }
  return Object.fromEntries(Object.entries(lanes).map(([key, lane]) => [key, 1 + Math.max(...lane.map((l) => l.level))]));
}

/** In which gap between rows a crossing's pill stands, and at which level where pills would touch. */
function pillLevels(routes, { pill, rows }) {
  const gaps = rows.slice(1).map(() => []);
  const crossing = routes.filter((r) => r.a.row !== r.b.row);
  for (const r of crossing) {
    const end = r.shape === 'hv' ? 'b' : 'a';
    const column = r[end];
    const step = r.b.row > r.a.row ? -1 : 1;
    // Counted from the receiver's side: gap g is between rows g and g + 1.
    const choices = [];
    for (let row = r.b.row; row !== r.a.row; row += step) choices.push(step < 0 ? row - 1 : row);
    const w = typeof pill.w === 'function' ? pill.w(r.edge) : pill.w;
    const x = r.slots[end];
    const free = (gap, level) => !gaps[gap].some((p) => p.level === level && Math.abs(p.x - x) < (p.w + w) / 2 + PILL_GAP);
    let place = choices.map((gap) => [gap, 0]).find(([gap]) => free(gap, 0));
    for (let level = 1; !place; level++) place = choices.map((gap) => [gap, level]).find(([gap]) => free(gap, level));
    gaps[place[0]].push({ x, w, level: place[1], column });
    r.pill = { gap: place[0], level: place[1], end, w };
  }
  return gaps.map((g) => (g.length ? 1 + Math.max(...g.map((p) => p.level)) : 0));
}

function placeRows({ rows, header, cellHeight, rowGap, pill }, columns, lanes, levels) {
  let y = header;
  return rows.map((row, index) => {
    const cells = columns.filter((c) => c.row === index);
    const top = 3 + (lanes[`${index}t`] ?? 0) * LANE;
    const bottom = 3 + (lanes[`${index}b`] ?? 0) * LANE;
    const inner = cells.length ? Math.max(...cells.map((c) => cellHeight(c))) : row.thin;
    const band = { ...row, index, y, h: inner + top + bottom, top: y + top, bottom: y + top + inner };
    for (const cell of cells) {
      cell.h = cellHeight(cell);
      cell.y = band.top;
    }
    const levelCount = levels[index] ?? 0;
    y += band.h + (index < rows.length - 1 ? (levelCount ? Math.max(rowGap, levelCount * (pill.h + 5) + 10) : row.thin && !cells.length ? 6 : 10) : 0);
    return band;
  });
}

/** Tries the orders of slots in each column and of ends at each side, and keeps what crosses least. */
function chooseOrder(routes, columns, bands, spec) {
  const sides = {};
  for (const r of routes) {
    const ends = r.shape === 'vh' ? ['b'] : r.shape === 'hv' ? ['a'] : r.shape === 'straight' ? ['a', 'b'] : [];
    for (const end of ends) {
      const cell = r[end];
      const fixed = spec.side?.(cell, r.edge, end);
      const right = end === 'a' ? r.b.index > r.a.index : r.a.index > r.b.index;
      (sides[`${cell.index}${right ? 'r' : 'l'}`] ??= { cell, ends: [] }).ends.push({ r, end, fixed });
    }
  }
  const spread = (side) => {
    const { cell, ends } = side;
    const used = new Set();
    ends.forEach((e, i) => {
      let y = Math.round((e.fixed ?? (cell.h * (i + 1)) / (ends.length + 1)) + (side.shift ?? 0));
      while (used.has(y)) y += 6;
      used.add(y);
      e.r.ys[e.end] = y;
    });
  };
  for (const side of Object.values(sides)) spread(side);
  const total = () => crossings(routes.map((r) => points(r, bands)));
  const tryOrders = (list, apply) => {
    if (list.length < 2 || list.length > 4) return;
    let best = list.slice();
    let least = Infinity;
    for (const order of permutations(list)) {
      apply(order);
      const n = total();
      if (n < least) { least = n; best = order; }
    }
    apply(best);
  };
  for (let pass = 0; pass < 2; pass++) {
    for (const column of columns) {
      tryOrders(column.slots, (order) => order.forEach(([r, end], i) => { r.slots[end] = slotX(column, i, order.length); }));
    }
    for (const side of Object.values(sides)) {
      if (!side.ends.some((e) => e.fixed != null)) tryOrders(side.ends, (order) => { side.ends = order; spread(side); });
      let least = Infinity;
      let best = 0;
      for (const shift of [0, -8, 8, -14, 14]) {
        side.shift = shift;
        spread(side);
        const n = total();
        if (n < least) { least = n; best = shift; }
      }
      side.shift = best;
      spread(side);
    }
  }
}

/** The order may have moved a pill away from the place that was free for it. Answers the levels of each gap. */
function settlePills(routes, gaps) {
  for (const r of routes) if (r.pill) r.pill.x = r.slots[r.pill.end];
  const placed = [];
  for (const r of routes.filter((x) => x.pill)) {
    let level = 0;
    const w = r.pill.w;
    const taken = () => placed.some((p) => p.gap === r.pill.gap && p.level === level && Math.abs(p.x - r.pill.x) < (p.w + w) / 2 + PILL_GAP);
    while (taken()) level++;
    r.pill.level = level;
    placed.push({ ...r.pill, w });
  }
  return Array.from({ length: gaps }, (_, gap) => Math.max(0, ...placed.filter((p) => p.gap === gap).map((p) => p.level + 1)));
}

function* permutations(list) {
  if (list.length < 2) { yield list; return; }
  for (let i = 0; i < list.length; i++) {
    for (const rest of permutations([...list.slice(0, i), ...list.slice(i + 1)])) yield [list[i], ...rest];
  }
}

/** The corners of a route. */
export function points(r, bands) {
  const { a, b } = r;
  const down = b.row > a.row;
  const out = (cell, right) => (right ? cell.x + cell.w : cell.x);
  const right = b.index > a.index;
  if (r.shape === 'straight') {
    const y = a.y + r.ys.a;
    const end = Math.min(b.y + r.ys.b, b.y + b.h - 8);
    if (Math.abs(end - y) < 4) return [[out(a, right), y], [out(b, !right), y]];
    const x = right ? b.x - 13 : b.x + b.w + 13;
    return [[out(a, right), y], [x, y], [x, end], [out(b, !right), end]];
  }
  if (r.shape === 'vh') {
    const y = b.y + r.ys.b;
    return [[r.slots.a, down ? a.y + a.h : a.y], [r.slots.a, y], [out(b, !right), y]];
  }
  if (r.shape === 'hv') {
    const y = a.y + r.ys.a;
    return [[out(a, right), y], [r.slots.b, y], [r.slots.b, down ? b.y : b.y + b.h]];
  }
  const band = bands[b.row];
  const lane = r.top ? band.top - 6 - r.level * LANE : band.bottom + 6 + r.level * LANE;
  const from = r.top ? (a.row === b.row ? a.y : a.y + a.h) : a.row === b.row ? a.y + a.h : a.y;
  return [[r.slots.a, from], [r.slots.a, lane], [r.slots.b, lane], [r.slots.b, r.top ? b.y : b.y + b.h]];
}

function crossings(paths) {
  let n = 0;
  const segments = paths.map((p) => p.slice(1).map((q, i) => [p[i], q]));
  for (let i = 0; i < segments.length; i++) {
    for (let j = i + 1; j < segments.length; j++) {
      for (const s of segments[i]) for (const t of segments[j]) n += touch(s, t);
    }
  }
  return n;
}

function touch([[ax, ay], [bx, by]], [[cx, cy], [dx, dy]]) {
  const vertical = ax === bx;
  const other = cx === dx;
  const overlap = (a, b, c, d) => Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d));
  if (vertical && other) return Math.abs(ax - cx) < 4 && overlap(ay, by, cy, dy) > 2 ? 20 : 0;
  if (!vertical && !other) return Math.abs(ay - cy) < 4 && overlap(ax, bx, cx, dx) > 2 ? 20 : 0;
  const [x, y1, y2] = vertical ? [ax, ay, by] : [cx, cy, dy];
  const [y, x1, x2] = vertical ? [cy, cx, dx] : [ay, ax, bx];
  return x > Math.min(x1, x2) && x < Math.max(x1, x2) && y > Math.min(y1, y2) && y < Math.max(y1, y2) ? 1 : 0;
}

function draw(r, bands, columns, { pill }) {
  const corners = points(r, bands);
  const end = corners[corners.length - 1];
  const before = corners[corners.length - 2];
  const dir = [Math.sign(end[0] - before[0]), Math.sign(end[1] - before[1])];
  const tip = [end[0] - dir[0] * 5, end[1] - dir[1] * 5];
  const result = {
    ...r.edge, corners, path: rounded([...corners.slice(0, -1), tip]), arrow: arrow(end, dir),
    fromCloud: bands[r.a.row].cloud, toCloud: bands[r.b.row].cloud,
  };
  if (r.pill) {
    const above = bands[r.pill.gap];
    const below = bands[r.pill.gap + 1];
    const top = above.y + above.h;
    const space = below.y - top;
    const base = top + space / 2 + (r.pill.level - (r.pill.levels - 1) / 2) * (pill.h + 5);
    result.pill = { x: r.pill.x, y: base, w: r.pill.w };
    result.gradient = [top, below.y];
    result.downwards = r.b.row > r.a.row;
  }
  return result;
}

export const arrow = ([x, y], [dx, dy], size = 7) =>
  `${x},${y} ${x - dx * size + dy * size * 0.5},${y - dy * size + dx * size * 0.5} ${x - dx * size - dy * size * 0.5},${y - dy * size - dx * size * 0.5}`;

/** A path through corners, with round ones where there is room. */
export function rounded(corners, radius = CORNER) {
  let d = `M${corners[0]}`;
  for (let i = 1; i < corners.length - 1; i++) {
    const [p, q, s] = [corners[i - 1], corners[i], corners[i + 1]];
    const length = (u, v) => Math.abs(u[0] - v[0]) + Math.abs(u[1] - v[1]);
    const k = Math.min(radius, length(p, q) / 2, length(q, s) / 2);
    const towards = (from, to) => [from[0] + Math.sign(to[0] - from[0]) * k, from[1] + Math.sign(to[1] - from[1]) * k];
    d += `L${towards(q, p)}Q${q} ${towards(q, s)}`;
  }
  return d + `L${corners[corners.length - 1]}`;
}
