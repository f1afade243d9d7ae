// What flows from layer to layer: the plan's connections, and the hand-overs within one cloud.
export const LAYERS = ['L1', 'L2', 'L3 hot', 'L3 cold', 'L3 archive', 'L4', 'L5'];
export const KEYS = { L1: 'l1', L2: 'l2', 'L3 hot': 'l3_hot', 'L3 cold': 'l3_cold', 'L3 archive': 'l3_archive', L4: 'l4', L5: 'l5' };
export const WORDS = { L1: 'devices', L2: 'processing', 'L3 hot': '', 'L3 cold': '', 'L3 archive': 'older', L4: 'twin', L5: 'view' };

const KIND = {
  ingestion: 'live', 'hot-writer': 'live', 'twin-updater': 'live', 'feedback-gateway': 'command',
  'cold-writer': 'scheduled', 'archive-writer': 'scheduled',
};
/** The order in which the functions of a layer take part. */
const ORDER = ['dispatcher', 'connector', 'feedback-gateway', 'ingestion', 'processor', 'persister', 'event-checker', 'workflow', 'event-feedback',
  'hot-writer', 'hot-copy-writer', 'hot-reader', 'hot-reader-last-entry', 'hot-to-cold-mover', 'cold-writer', 'cold-reader', 'cold-to-archive-mover',
  'archive-writer', 'archive-reader', 'store-copier', 'history-reader', 'twin-updater', 'twin-copier'];
export const USER_KINDS = new Set(['user-processor', 'event-action', 'user-feedback']);

/** A function's name without the twin's. */
export const shortName = (name, twin) => (twin && name.startsWith(twin + '-') ? name.slice(twin.length + 1) : name);

/** The plan by layer: cloud, functions in the order of the flow, user code apart. */
export function layersOf(plan, placement) {
  const layers = {};
  for (const id of LAYERS) if (placement[id]) layers[id] = { id, cloud: placement[id], functions: [], user: [] };
  for (const f of plan?.functions ?? []) {
    const layer = layers[f.layer];
    // While a layer moves, its functions are on both clouds: those of where it is now stand for it.
    if (!layer || f.cloud !== layer.cloud) continue;
    (USER_KINDS.has(f.function) ? layer.user : layer.functions).push(f);
  }
  const place = (f) => { const i = ORDER.indexOf(f.function); return i < 0 ? 99 : i; };
  for (const layer of Object.values(layers)) layer.functions.sort((a, b) => place(a) - place(b));
  return layers;
}

/** Edges: {id, from, to, fromFn, toFn, kind, connections}. Those of one kind between two layers are one. */
export function flowsOf(plan, layers) {
  if (!plan) return [];
  const byName = new Map(plan.functions.map((f) => [f.name, f]));
  const edges = new Map();
  const add = (from, to, kind, fromFn, toFn, connection) => {
    if (!layers[from] || !layers[to] || from === to) return;
    const id = `${from}>${to}:${kind}`;
    const edge = edges.get(id) ?? { id, from, to, kind, fromFn, toFn, connections: [] };
    if (connection) edge.connections.push(connection);
    edges.set(id, edge);
  };
  for (const c of plan.connections) {
    const receiver = byName.get(c.receiver);
    if (!receiver) continue;
    const sender = byName.get(c.senders[0]);
    add(sender?.layer ?? 'L5', receiver.layer, KIND[c.function] ?? 'read', sender?.name, receiver.name, c);
  }
  const kinds = new Map(plan.functions.map((f) => [f.function, f]));
  const same = (a, b) => layers[a] && layers[b] && layers[a].cloud === layers[b].cloud;
  const inner = (from, to, kind, a, b) => {
    if (same(from, to) && kinds.has(a) && kinds.has(b)) add(from, to, kind, kinds.get(a).name, kinds.get(b).name);
  };
  inner('L1', 'L2', 'live', 'dispatcher', 'processor');
  inner('L2', 'L1', 'command', 'event-feedback', 'dispatcher');
  if (same('L2', 'L3 hot')) add('L2', 'L3 hot', 'live', kinds.get('persister')?.name, undefined);
  if (same('L2', 'L4')) add('L2', 'L4', 'live', kinds.get('persister')?.name, kinds.get('twin-updater')?.name);
  if (same('L3 hot', 'L3 cold')) add('L3 hot', 'L3 cold', 'scheduled', kinds.get('hot-to-cold-mover')?.name, undefined);
  if (same('L3 cold', 'L3 archive')) add('L3 cold', 'L3 archive', 'scheduled', kinds.get('cold-to-archive-mover')?.name, undefined);
  return [...edges.values()];
}
