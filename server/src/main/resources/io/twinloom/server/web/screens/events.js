// Events: which rule fired or was skipped and why, and what was commanded.
import { html } from '../lib/html.js';
import { useTopic, use, present } from '../lib/store.js';
import { useUrl, go, href, rangeSeconds, rangeText } from '../lib/url.js';
import { count, plural } from '../lib/format.js';
import { short } from '../lib/twin.js';
import { RuleTicks, Condition } from '../parts/rules.js';
import { Problem, Segments, Skeleton, useRead, Time } from '../parts/bits.js';
import { useHeld } from '../parts/held.js';

const KINDS = [['', 'all'], ['fired', 'fired'], ['skipped', 'skipped'], ['command', 'commands']];

export function Events() {
  const url = useUrl();
  const live = useTopic('firings');
  const past = use((s) => s.past.at);
  const since = new Date(Math.floor((present() - rangeSeconds() * 1000) / 10000) * 10000).toISOString();
  const { data, problem, load } = useRead('firings', { kind: url.kind, rule: url.rule, device: url.device, since, until: past, limit: 300 }, { every: past ? 0 : 3000 });
  const rules = live?.rules ?? data?.rules ?? [];
  const held = useHeld(data?.items, (f) => f.time + f.kind + f.rule + (f.eventId ?? ''));
  const total = (kind) => rules.reduce((n, r) => n + r[kind], 0);
  return html`<div class="page"><div class="head"><h1>Events</h1><span class="sub">${plural(rules.length, 'rule')}, ${count(total('fired'))} fired and ${count(total('skipped'))} skipped since the start</span><span class="grow"></span>
      <${Segments} label="Kind" value=${url.kind ?? ''} options=${KINDS} onChange=${(v) => go({ kind: v }, { replace: true })} /></div>
    ${problem && html`<${Problem} problem=${problem} retry=${load} />`}
    ${rules.length === 0 && data ? html`<section class="card empty">This twin has no rules. A rule is a condition and an action in config_events.json; it is evaluated on every measurement.</section>` : html`
    <section class="card" aria-label="Rules"><header><h2>Rules</h2><span class="end">fired in ${rangeText()}, hollow where skipped</span></header><div class="rows rulegrid">${rules.map((r) => html`<div key=${r.rule} class=${url.rule === String(r.rule) ? 'sel' : ''}><${RuleTicks} rule=${r} firings=${live?.items ?? data?.items ?? []} /><button class="btn q s" aria-pressed=${String(url.rule === String(r.rule))} onClick=${() => go({ rule: url.rule === String(r.rule) ? null : r.rule }, { replace: true })}>${url.rule === String(r.rule) ? 'Show all rules' : 'Only this rule'}</button></div>`)}</div></section>
    <section class="card" aria-label="Firings"><header><h2>What happened</h2><span class="end">${held.newer ? html`<button class="btn s" onClick=${held.show}>${held.newer} newer</button>` : `${plural(held.items.length, 'event')} in ${rangeText()}, newest first`}</span></header>
      <div class="pad scroll-x" role="region" tabindex="0" aria-label="Events">${!data ? html`<${Skeleton} />` : held.items.length ? html`<table class="tb hover evtable"><thead><tr><th>Time</th><th>What</th><th>Rule</th><th>Device</th><th>Detail</th><th>Trace</th></tr></thead><tbody onMouseEnter=${held.hold} onMouseLeave=${held.free} onFocusIn=${held.hold} onFocusOut=${held.free}>
        ${held.items.map((f) => html`<tr key=${f.time + f.kind + f.rule + f.eventId} data-kind=${f.kind}><td><${Time} at=${f.time} /></td><td class=${f.kind === 'skipped' ? 'ink3' : 'b'}>${f.kind}</td><td style=${{ maxWidth: '260px' }}><span class="row"><span class="ink3">${f.rule}</span><${Condition} text=${rules.find((r) => r.rule === f.rule)?.condition ?? ''} /></span></td><td>${f.device && html`<a class="link" href=${href({ screen: 'devices', device: f.device })}><bdi>${f.device}</bdi></a>`}</td>
          <td><bdi>${f.kind === 'skipped' ? f.reason : f.detail}</bdi>${f.function && f.kind !== 'skipped' ? html` <span class="ink3"><bdi>${short(f.function)}</bdi></span>` : ''}</td><td>${f.trace && html`<a class="link mono" data-row href=${href({ screen: 'logs', trace: f.trace })}>trace</a>`}</td></tr>`)}</tbody></table>`
    : html`<p class="ink2">Nothing in the last ${rangeText()}${url.kind || url.rule ? ' with this filter' : ''}. ${url.kind || url.rule ? html`<button class="btn s" onClick=${() => go({ kind: null, rule: null })}>Clear the filter</button>` : ''}</p>`}</div></section>`}
  </div>`;
}

