// What is said aloud and stands in the tab: changes of state, never values.
import { state, topic } from '../lib/store.js';
import { needs } from '../lib/twin.js';

let last = '';
let saidAt = 0;
let before = {};

/** The polite live region: at most one sentence in five seconds. */
export function announce(text) {
  const region = document.getElementById('said');
  if (region && text !== last && Date.now() - saidAt > 5000) {
    region.textContent = text;
    last = text;
    saidAt = Date.now();
  }
}

function look() {
  if (!state.project) return;
  const ledger = topic('ledger');
  const now = {
    stream: state.stream.kind === 'stale' ? 'stale' : 'live',
    open: (topic('traffic')?.connections ?? []).filter((c) => c.state === 'open').map((c) => c.id).join(', '),
    sum: !ledger || ledger.addsUp || ledger.missing <= 0,
  };
  if (before.stream && now.stream !== before.stream) announce(now.stream === 'stale' ? 'The stream is stale, reconnecting' : 'The stream is live again');
  else if (before.open !== undefined && now.open !== before.open) announce(now.open ? `Circuit open: ${now.open}` : 'All circuits are closed');
  else if (before.sum !== undefined && now.sum !== before.sum) announce(now.sum ? 'The ledger adds up' : 'The ledger does not add up');
  before = now;
  const count = needs().length;
  const name = state.project.twin ?? state.project.id;
  const title = now.sum ? (count ? `(${count}) ${name}` : name) : `\u2260 ${name}`;
  if (document.title !== title) document.title = title;
}

export const watchTitle = () => setInterval(look, 1000);
