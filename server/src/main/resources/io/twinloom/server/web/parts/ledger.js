// The ledger: published = stored + queued + dead letters + what came too late, of one instant and one window.
import { html } from '../lib/html.js';
import { useTopic, use } from '../lib/store.js';
import { href } from '../lib/url.js';
import { count, exact, duration } from '../lib/format.js';
import { queueIsOld } from '../lib/twin.js';
import { Glyph } from './marks.js';

export function Ledger({ phone }) {
  const l = useTopic('ledger');
  const past = use((s) => s.past);
  if (past.at && !l && !past.loading) return html`<section class="card pad ledger of-now" aria-label="Ledger"><span class="ink2">No counts of that time: they are kept for an hour of a run.</span></section>`;
  if (!l) return html`<section class="card ledger" aria-label="Ledger" aria-busy="true"><div class="skeleton grow"></div></section>`;
  const old = queueIsOld(l);
  const terms = [
    ['published', 'published', l.published, '', { screen: 'devices' }], ['=', ''],
    ['stored', 'stored', l.stored, '', { screen: 'tiers' }], ['+', ''],
    ['queued', 'queued', l.queued, old ? 'warn' : '', { screen: 'topology' }], ['+', ''],
    ['dead', 'dead letters', l.deadLettered, l.deadLettered ? 'warn' : '', { screen: 'letters' }], ['+', ''],
    ['filtered', 'came too late', l.filtered, '', { screen: 'logs' }, 'Marked measurements (verify) that came after their limit'],
  ].slice(phone ? 2 : 0, phone ? 7 : 9);
  const part = (n, cls) => n > 0 && html`<i class=${cls} style=${{ flex: `${n} 0 8px` }}></i>`;
  const sums = l.addsUp || l.missing <= 0;
  const window = `${past.at ? 'until then, ' : 'last '}${duration(l.window.seconds, true)}`;
  return html`<section class="card ledger" aria-label=${`Ledger, ${window}`}>
    ${terms.map(([id, name, n, tone, to, title]) => name ? html`<a key=${id} class=${`term ${tone}`} data-term=${id} href=${href(to)} title=${title ?? exact(n)}><b>${count(n)}</b><span class=${tone}>${name}</span></a>` : html`<span class="op" aria-hidden="true">${id}</span>`)}
    <span class="bar" aria-hidden="true">${part(l.stored, `pattern ${l.store.cloud}`)}${part(l.queued, `queued${old ? ' w' : ''}`)}${part(l.deadLettered, 'dead')}${part(l.filtered, 'filtered')}</span>
    <span class="sum"><span class=${sums ? '' : 'fail b'}><${Glyph} kind=${sums ? 'ok' : 'fail'} quiet /> ${sums ? 'adds up' : `${count(l.missing)} missing`}</span><span class="ink2">${window}${phone ? `: ${count(l.published)} published, ${count(l.filtered)} too late` : ''}</span></span>
  </section>`;
}
