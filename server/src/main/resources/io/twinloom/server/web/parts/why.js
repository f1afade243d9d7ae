// Why is there no data: the hops of a device, up to the first that fails.
import { html, useEffect, useRef, useState } from '../lib/html.js';
import { use, present } from '../lib/store.js';
import { href, rangeSeconds } from '../lib/url.js';
import { readable, time } from '../lib/format.js';
import { useRead, Problem, Skeleton, Copy, Sheet, useAction } from './bits.js';
import { Glyph, Swatch } from './marks.js';
import { causeText, deviceOf, short } from '../lib/twin.js';
import { verify, Hops } from './verify.js';

const NAMES = {
  configured: 'Configured', connected: 'Connected', published: 'Published', parsed: 'Parsed, time accepted', routed: 'Routed', userCode: 'Your code',
  connection: 'Connection', stored: 'Stored', tier: 'Tier of the range', componentType: 'Component type', reader: 'Reader', verify: 'Verify',
};

export function Why({ device, property, onClose }) {
  const [from] = useState(() => new Date(present() - rangeSeconds() * 1000).toISOString());
  const { data, problem, load } = useRead(`devices/${encodeURIComponent(device)}/why`, { property, from }, { every: 5000 });
  const past = use((s) => s.past.at);
  const failing = useRef();
  const shown = useRef('');
  const [run, busy, failed, report] = useAction(() => verify(device));
  useEffect(() => {
    if (data && shown.current !== device) { shown.current = device; failing.current?.focus({ preventScroll: false }); }
  }, [data, device]);
  if (problem && !data) return html`<${Problem} problem=${problem} retry=${load} />`;
  if (!data) return html`<${Skeleton} rows=${8} />`;
  const stop = data.steps.find((s) => s.ok === false);
  return html`<div class="why" data-why=${data.failing ?? 'ok'}>
    <p class="ink2"><bdi class="b">${device}</bdi>, ${property ? html`<bdi>${property}</bdi>` : 'all properties'}. ${stop ? html`It stops at <b class="fail">${NAMES[stop.step].toLowerCase()}</b>${stop.cloud ? ` on ${stop.cloud}` : ''}.` : 'Every hop passes.'}</p>
    <ol class="steps">${data.steps.map((s, i) => html`<${Step} key=${s.step} s=${s} device=${device} next=${data.steps[i + 1]} focus=${s === stop ? failing : null} />`)}</ol>
    ${report && html`<${Hops} hops=${report.hops} />`}${failed && html`<${Problem} problem=${failed} />`}
    <footer class="row"><button class="btn" disabled=${busy || past} title=${past ? 'Verify acts on the present' : ''} onClick=${() => run()}>${busy ? 'On its way…' : 'Verify now'}</button>
      <span class="ink3 sm grow">a marked measurement, hop by hop</span><${Copy} text=${data.text} />${onClose && html`<button class="btn q s" onClick=${onClose}><kbd>Esc</kbd></button>`}</footer>
  </div>`;
}

function Step({ s, device, next, focus }) {
  const kind = s.ok == null ? 'none' : s.ok ? (s.doubt ? 'warn' : 'ok') : 'fail';
  const lines = readable(causeText(s.evidence)).split('\n');
  const tone = kind === 'fail' ? 'fail' : kind === 'warn' ? 'warn' : 'ink2';
  return html`<li class=${`step is-${kind} ${s.cloud ?? ''}`} tabindex=${focus ? -1 : undefined} ref=${focus}>
    <span class="mark"><${Glyph} kind=${kind} tone=${kind === 'ok' ? 'c' : undefined} /></span>
    <div><span><b class=${kind === 'fail' ? 'fail' : kind === 'none' ? 'ink2 n' : ''}>${NAMES[s.step] ?? s.step}${kind === 'fail' ? ` fails${s.since ? ` since ${time(s.since, { now: present() })}` : ''}` : ''}</b>${kind === 'none' && html`<span class="ink3"> · not reached</span>`}</span>
      ${kind !== 'none' && html`<div class=${`sm ${tone}`}>${s.function && html`<${Swatch} cloud=${s.cloud ?? ''} /> <bdi>${short(s.function)}</bdi> · `}<bdi>${lines[0]}</bdi></div>`}
      ${lines.length > 1 && html`<pre class="code wrap" tabindex="0" role="group" aria-label="Evidence">${lines.slice(1).join('\n')}</pre>`}
      ${s.fix && s.ok === false && html`<p class="sm"><b>Fix</b> <bdi>${s.fix}</bdi></p>`}
      ${s.ok === false && html`<div class="row wrap">
        ${s.step === 'userCode' && html`<${CodeLink} device=${device} />`}
        ${s.deadLetter && html`<a class="btn s" href=${href({ screen: 'letters', letter: s.deadLetter, device })}>Dead letters</a>`}
        ${s.trace && html`<a class="btn s" href=${href({ screen: 'logs', trace: s.trace })}>Trace</a>`}
        ${s.step === 'connection' && html`<a class="btn s" href=${href({ screen: 'topology' })}>Topology</a>`}
        ${s.step === 'tier' && html`<a class="btn s" href=${href({ screen: 'tiers' })}>Restore…</a>`}</div>`}
    </div>
    ${next && html`<i class=${`rail ${s.ok === true ? '' : 'open'} ${next.cloud ?? s.cloud ?? ''}`} aria-hidden="true"></i>`}
  </li>`;
}

/** Opens the file that fails. */
function CodeLink({ device }) {
  const functions = useRead('functions');
  const path = functions.data?.items.find((f) => f.userCode && deviceOf(f.name) === device)?.userCode.path;
  return path ? html`<a class="btn s p" href=${href({ screen: 'projects', view: 'files', file: /\.\w+$/.test(path) ? path : `${path}/process.py` })}>Open its code</a>` : '';
}

export const WhySheet = ({ device, property, onClose }) => html`<${Sheet} title="Why is there no data?" over onClose=${onClose}><${Why} device=${device} property=${property} /></${Sheet}>`;
