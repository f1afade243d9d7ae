// The 3D scene with live values; the viewer is loaded only here, and asks nobody but this server.
import { html, useEffect, useRef, useState } from '../lib/html.js';
import { state, useTopic } from '../lib/store.js';
import { headers, seg } from '../lib/api.js';
import { value as text } from '../lib/format.js';
import { Problem } from './bits.js';

let viewer;
function load() {
  viewer ??= import('../vendor/model-viewer@4.4.0/model-viewer.min.js').then(() => {
    // Compressed models would need decoders from elsewhere: there are none here.
    const kind = customElements.get('model-viewer');
    kind.dracoDecoderLocation = kind.ktx2TranscoderLocation = 'web/vendor/none/';
  });
  return viewer;
}

export function Scene({ file, items }) {
  const [model, setModel] = useState(null);
  const [problem, setProblem] = useState(null);
  const box = useRef();
  useTopic('values');
  useEffect(() => {
    let address;
    Promise.all([load(), fetch(`projects/${seg(state.project.id)}/scene/${file.split('/').map(seg).join('/')}`, { headers: headers() })]).then(async ([, answer]) => {
      if (!answer.ok) { setProblem(await answer.json()); return; }
      const blob = await answer.blob();
      const head = new TextDecoder().decode(await blob.slice(0, 65536).arrayBuffer());
      if (/KHR_draco_mesh_compression|KHR_texture_basisu|EXT_meshopt_compression/.test(head)) {
        setProblem({ title: 'The model is compressed', detail: `${file} needs a decoder that this page does not have, since it loads nothing from elsewhere.`, fix: 'Export it without Draco, Meshopt or KTX2 compression.', code: '' });
        return;
      }
      setModel((address = URL.createObjectURL(blob)));
    }, (e) => setProblem({ title: 'The scene could not be loaded', detail: e.message, code: '' }));
    return () => address && URL.revokeObjectURL(address);
  }, [file]);
  // The viewer's own styles are an element in its shadow, which the page's policy forbids: the same
  // text as a constructed sheet is allowed.
  useEffect(() => {
    const root = box.current?.shadowRoot;
    if (!root) return;
    root.adoptedStyleSheets = [...root.querySelectorAll('style')].map((style) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style.textContent);
      return sheet;
    });
  }, [model]);
  if (problem) return html`<${Problem} problem=${problem} />`;
  const alarms = items.filter((e) => e.alarm);
  return html`<section class="card" aria-label="Scene"><header><h2>Scene</h2><span class="end"><bdi>${file.split('/').pop()}</bdi></span></header><div class="pad scene">
    ${model && html`<model-viewer ref=${box} src=${model} alt=${`3D scene of ${state.project.twin}`} camera-controls interaction-prompt="none" touch-action="pan-y">
    </model-viewer>`}
    <ul class="overlay">${items.flatMap((e) => e.components.flatMap((c) => c.values.slice(0, 2).map((v) => html`<li key=${e.id + c.name + v.property} class=${alarms.includes(e) ? 'warn' : ''}><bdi class="ink3">${c.name} ${v.property}</bdi> <bdi class="b">${text(v.value)}</bdi> ${v.unit ?? ''}</li>`))).slice(0, 8)}</ul></div></section>`;
}
