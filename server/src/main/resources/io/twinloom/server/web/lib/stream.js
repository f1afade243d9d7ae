// The one stream of live events. It is read with fetch, since EventSource cannot send the key.
import { state, set, setTopic } from './store.js';
import { headers } from './api.js';

const SILENCE = 20000;
const HIDDEN = 30000;
const TOPICS = ['status', 'ledger', 'traffic', 'values', 'devices', 'tiers', 'firings', 'deadLetters', 'simulator', 'chaos', 'logs'];

let controller = null;
let lastId = null;
let lastHeard = 0;
let attempt = 0;
let retry = 0;
let watchdog = 0;
let hiddenTimer = 0;
let onResync = () => {};
const logListeners = new Set();

/** Hears each batch of log lines. */
export function onLogs(listener) {
  logListeners.add(listener);
  return () => logListeners.delete(listener);
}

export function start(resync) {
  onResync = resync;
  stop();
  connect();
  document.removeEventListener('visibilitychange', visibility);
  document.addEventListener('visibilitychange', visibility);
}

export function stop() {
  clearTimeout(retry);
  clearInterval(watchdog);
  controller?.abort();
  controller = null;
}

/** Connects at once, after a reader's "Try again" or when the network is back. */
export function reconnect() {
  attempt = 0;
  stop();
  connect();
}
addEventListener('online', () => state.stream.kind === 'stale' && reconnect());
// A page that the browser keeps for "back" would hold its connection, and six of them are all that a
// browser has for one server.
addEventListener('pagehide', stop);
addEventListener('pageshow', (e) => e.persisted && reconnect());

// A page that nobody sees holds no connection; when it is seen again it goes on where it was.
function visibility() {
  clearTimeout(hiddenTimer);
  if (document.hidden) {
    hiddenTimer = setTimeout(stop, HIDDEN);
  } else if (!controller) {
    reconnect();
  }
}

async function connect() {
  const mine = (controller = new AbortController());
  lastHeard = Date.now();
  watchdog = setInterval(() => {
    if (Date.now() - lastHeard > SILENCE) mine.abort();
  }, 1000);
  try {
    const topics = state.capabilities?.features.deployments ? TOPICS.concat('deployment') : TOPICS;
    const query = new URLSearchParams({ project: state.project.id, topics: topics.join(',') });
    const answer = await fetch(`events?${query}`, {
      signal: mine.signal, cache: 'no-store',
      headers: headers({ accept: 'text/event-stream', ...(lastId ? { 'last-event-id': lastId } : {}) }),
    });
    if (answer.status === 401) set({ locked: true });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const again = attempt > 0 || state.stream.kind === 'stale';
    attempt = 0;
    await consume(answer.body.getReader(), again);
  } catch { /* the state below says it */ }
  clearInterval(watchdog);
  if (controller !== mine) return; // stopped on purpose
  controller = null;
  if (state.stream.kind !== 'stale') set({ stream: { kind: 'stale', since: lastHeard } });
  const wait = Math.min(10000, 500 * 2 ** attempt++) * (0.7 + 0.6 * Math.random());
  set({ stream: { ...state.stream, next: Date.now() + wait } });
  retry = setTimeout(connect, wait);
}

async function consume(reader, again) {
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    lastHeard = Date.now();
    rest += decoder.decode(value, { stream: true });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop();
    for (const block of blocks) again = event(block, again);
  }
}

function event(block, again) {
  let name = 'message';
  let data = '';
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith('event:')) name = line.slice(6).trim();
    else if (line.startsWith('data:')) data += line.slice(5).trimStart();
    else if (line.startsWith('id:')) lastId = line.slice(3).trim();
  }
  if (state.stream.kind !== 'live' && state.stream.kind !== 'resynced') {
    set({ stream: { kind: again ? 'resynced' : 'live', since: Date.now() } });
    if (again) {
      setTimeout(() => state.stream.kind === 'resynced' && set({ stream: { kind: 'live', since: Date.now() } }), 5000);
      onResync();
    }
  }
  if (!data) return false;
  const parsed = JSON.parse(data);
  if (name === 'hello') {
    set({ skew: Date.parse(parsed.time) - Date.now() });
  } else if (name === 'resync') {
    lastId = null;
    onResync();
  } else if (name === 'logs') {
    for (const listener of logListeners) listener(parsed);
  } else {
    setTopic(name, parsed);
  }
  return false;
}
