// Just started: three steps with the real address; it goes with the first measurement.
import { html } from '../lib/html.js';
import { state, use, useTopic } from '../lib/store.js';
import { ms } from '../lib/format.js';
import { post } from '../lib/api.js';
import { Copy, useAction } from './bits.js';

export function Guide() {
  const status = useTopic('status');
  const device = state.project.devices[0];
  const mqtt = status?.layers.find((l) => l.layer === 'L1')?.mqtt?.replace('tcp://', '') ?? '';
  const [host, port] = mqtt.split(':');
  const property = device?.properties[0];
  const sample = property ? JSON.stringify({ [property.name]: property.dataType === 'BOOLEAN' ? true : property.dataType === 'STRING' ? 'ok' : 412 }) : '{}';
  const topicName = state.plan?.topics.find((t) => t.kind === 'telemetry')?.name.replace('+', device?.id ?? '') ?? '';
  const command = `mosquitto_pub -h ${host} -p ${port} -q 1 \\\n  -t ${topicName} \\\n  -m '${sample}'`;
  const verified = use((s) => s.lastVerify);
  const [run, busy, problem] = useAction(() => post('simulator/start', { rate: 2 }));
  return html`<section class="card guide" aria-label="Send the first measurement"><header><h2>Send the first measurement</h2><span class="end">this panel goes away with it</span></header>
    <ol><li><h3><i>1</i> Let the project's devices run</h3><p>Payloads of the project's simulator, 2 a second.</p><span class="row wrap"><button class="btn p" disabled=${busy} onClick=${() => run()}>Simulate devices</button><code class="ink2">./twinloom simulate ${state.project.id}</code></span>${problem && html`<p class="fail">${problem.detail} ${problem.fix}</p>`}</li>
      <li><h3><i>2</i> Be a device yourself</h3><p>Any MQTT client. <${Copy} text=${command.replace(/\\\n\s+/g, '')} cls="btn q s" /></p><pre class="code" tabindex="0" role="group" aria-label="Command">${command}</pre></li>
      <li><h3><i>3</i> Watch it cross</h3><p>Follows one marked measurement hop by hop and leaves nothing behind.</p><span class="row wrap"><button class="btn" onClick=${() => document.dispatchEvent(new CustomEvent('twinloom-verify'))}>Verify</button>${verified && html`<span class="ink2 sm">last: ${verified.ok ? 'ok' : 'stopped'}, ${ms(verified.ms)} end to end</span>`}</span></li></ol>
  </section>`;
}
