// Which layers, functions and edges the data of one device takes part in.
import { state } from './store.js';
import { theFlows, short } from './twin.js';

const WAY = ['dispatcher', 'connector', 'ingestion', 'processor', 'user-processor', 'persister', 'hot-writer', 'twin-updater', 'event-checker', 'event-action', 'event-feedback', 'user-feedback', 'feedback-gateway'];

/** {device, layers, functions, edges, order}: what is on the device's way; commands included. */
export function pathOf(device) {
  const rules = (state.topics.status?.rules ?? []).filter((r) => new RegExp(`(^|[^\\w])${device.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\.`).test(r.condition));
  const commands = rules.length > 0;
  const named = (f) => short(f.name);
  const on = state.plan.functions.filter((f) => {
    switch (f.function) {
      case 'dispatcher': case 'connector': case 'ingestion': case 'processor': case 'persister': case 'hot-writer': case 'twin-updater': case 'event-checker': return true;
      case 'user-processor': return named(f) === `${device}-processor` || named(f) === device;
      case 'event-action': return rules.some((r) => r.does.includes(named(f)));
      case 'event-feedback': case 'user-feedback': case 'feedback-gateway': return commands;
      default: return false;
    }
  });
  const flows = theFlows().filter((t) => t.kind === 'live' || (t.kind === 'command' && commands));
  const layers = new Set(flows.flatMap((t) => [t.from, t.to]));
  return {
    device, layers, functions: new Set(on.map((f) => f.name)), edges: new Set(flows.map((t) => t.id)),
    order: on.slice().sort((a, b) => WAY.indexOf(a.function) - WAY.indexOf(b.function)),
  };
}
