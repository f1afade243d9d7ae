// Verify: a marked measurement, followed hop by hop; it leaves nothing behind.
import { html, useEffect } from '../lib/html.js';
import { set, state } from '../lib/store.js';
import { post } from '../lib/api.js';
import { ms, plural } from '../lib/format.js';
import { short } from '../lib/twin.js';
import { Sheet, Problem, useAction } from './bits.js';
import { Glyph, Swatch } from './marks.js';

export const verify = async (device) => {
  const report = await post('verify', device ? { device } : {});
  set({ lastVerify: { at: Date.now(), ...report, ms: total(report.hops) } });
  return report;
};

/** Until the value could be read back: what follows are checks of the movers. */
function total(hops) {
  const end = hops.findIndex((h) => h.function.endsWith('-hot-to-cold-mover'));
  return (end < 0 ? hops : hops.slice(0, end)).reduce((sum, h) => sum + (h.ms ?? 0), 0);
}

export function Hops({ hops }) {
  return html`<ol class="hops">${hops.map((h) => html`<li class="row"><${Glyph} kind=${h.ok ? 'ok' : 'fail'} /><${Swatch} cloud=${h.cloud} /><bdi class=${`el ${h.ok ? '' : 'fail b'}`}>${short(h.function)}</bdi>
    <bdi class="ink3 sm el grow">${h.detail ?? ''}</bdi><span class="nw">${ms(h.ms)}</span></li>`)}</ol>`;
}

export function VerifySheet({ onClose, device }) {
  const [run, busy, problem, report] = useAction(() => verify(device));
  useEffect(() => { if (!state.past.at) run(); }, []);
  return html`<${Sheet} title="Verify" onClose=${onClose}>
    <p class="ink2" aria-live="polite">${busy ? 'A marked measurement is on its way…' : report ? (report.ok ? `Arrived over ${plural(report.hops.length, 'hop')}; nothing of it stays.` : 'It stopped: see the hop that failed.') : state.past.at ? 'Verify acts on the present: go back to live first.' : ''}</p>
    ${problem && html`<${Problem} problem=${problem} retry=${() => run()} />`}
    ${report && html`<${Hops} hops=${report.hops} />`}
    ${report && html`<div class="row"><button class="btn" disabled=${busy} onClick=${() => run()}>Verify again</button></div>`}
  </${Sheet}>`;
}
