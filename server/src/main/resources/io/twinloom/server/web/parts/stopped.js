// In place of what only a running twin has.
import { html } from '../lib/html.js';
import { state, use } from '../lib/store.js';
import { href } from '../lib/url.js';
import { Glyph } from './marks.js';

/** The screens that say something of a twin that does not run. */
export const STILL = ['overview', 'topology', 'plan', 'projects'];

export function Stopped() {
  const deploys = use((s) => s.capabilities?.features.deployments);
  const valid = use((s) => s.project.valid);
  return html`<section class="card empty" data-stopped><b class="row"><${Glyph} kind="none" quiet /> The twin is not running</b>
    <span>${!valid ? 'Its project has problems that must be solved first.' : 'Its devices, values, tiers, events, logs and dead letters are here once it runs. What it has stored is kept.'}</span>
    ${deploys ? html`<a class="btn p" href=${href({ screen: 'projects' })}>${valid ? 'Deploy it' : 'See the problems'}</a>` : html`<code>./twinloom up ${state.project.id}</code>`}</section>`;
}
