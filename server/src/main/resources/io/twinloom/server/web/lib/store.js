// What the page knows, in one object; components choose what they need of it and are drawn anew
// when that changes.
import { useState, useEffect, useRef } from './html.js';

const listeners = new Set();

/** Everything of the twin is by topic, as the API answers it; `ui` is what only this page knows. */
export const state = {
  health: null, capabilities: null, projects: [], project: null, plan: null,
  topics: {}, frozen: null, past: {},
  stream: { kind: 'connecting', since: Date.now() },
  problem: null, locked: false, skew: 0,
  letters: 0, lastVerify: null, simulatorBusy: false,
};

export function set(change) {
  Object.assign(state, change);
  notify();
}

export function setTopic(name, data) {
  state.topics = { ...state.topics, [name]: data };
  notify();
}

function notify() {
  for (const listener of listeners) listener();
}

/** Draws the component anew when the chosen part of the state is another one. */
export function use(choose) {
  const [, redraw] = useState(0);
  const chosen = useRef();
  chosen.current = choose(state);
  const last = useRef(choose);
  last.current = choose;
  useEffect(() => {
    const listener = () => {
      if (last.current(state) !== chosen.current) redraw((n) => n + 1);
    };
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, []);
  return chosen.current;
}

/** A topic as the reader sees it: of the past instant, frozen, or live. */
export function topic(name) {
  if (state.past.at) return state.past.topics?.[name];
  return (state.frozen?.topics ?? state.topics)[name];
}

export const useTopic = (name) => use(() => topic(name));

/** A topic as it was at most a second ago: figures that change more often cannot be read. */
export function useCalm(name) {
  const shown = useRef({ at: 0 });
  const now = topic(name);
  useNow(1000);
  use(() => (Date.now() - shown.current.at > 950 || !shown.current.data ? topic(name) : shown.current.data));
  if (Date.now() - shown.current.at > 950 || !shown.current.data || state.past.at || state.frozen) shown.current = { at: Date.now(), data: now };
  return shown.current.data;
}

/** The server's present, or the instant that is looked at. */
export function present() {
  if (state.past.at) return Date.parse(state.past.at);
  return Date.now() + state.skew;
}

/** Redraws once in `ms`: for ages. */
export function useNow(ms = 1000) {
  const [, redraw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => redraw((n) => n + 1), ms);
    return () => clearInterval(timer);
  }, [ms]);
  use((s) => s.past.at);
  return present();
}
