// Loads a part of the page when it is first shown, so that the first view stays small.
import { html, useEffect, useState } from '../lib/html.js';

const LOADERS = {
  search: () => import('./search.js').then((m) => m.Search), why: () => import('./why.js').then((m) => m.WhySheet), whyPanel: () => import('./why.js').then((m) => m.Why),
  verify: () => import('./verify.js').then((m) => m.VerifySheet), past: () => import('./past.js').then((m) => m.PastBar), help: () => import('./help.js').then((m) => m.Help),
  change: () => import('./change.js').then((m) => m.ChangeCard), chaos: () => import('./chaos.js').then((m) => m.ChaosBar), guide: () => import('./guide.js').then((m) => m.Guide),
  upload: () => import('../screens/projects.js').then((m) => m.UploadSheet),
};
const loaded = {};

let sheet;
/** The styles of all screens but Overview. */
function styles() {
  sheet ??= new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = 'web/css/screens.css';
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
  return sheet;
}

/** Loads code together with its styles, so that nothing is drawn without them. */
export const later = (load) => () => Promise.all([load(), styles()]).then(([found]) => found);

export function Later({ part, ...props }) {
  const [, redraw] = useState(0);
  useEffect(() => {
    if (!loaded[part]) later(LOADERS[part])().then((found) => { loaded[part] = found; redraw((n) => n + 1); });
  }, [part]);
  const Part = loaded[part];
  return Part ? html`<${Part} ...${props} />` : null;
}
