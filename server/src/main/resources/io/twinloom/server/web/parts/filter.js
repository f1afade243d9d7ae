// A filter line: each filter is a chip in the address; typing "name:value" adds one.
import { html, useState } from '../lib/html.js';
import { useUrl, go } from '../lib/url.js';

/** names: {key in the address: word that is typed}; free: the key of plain text. */
export function Filter({ names, free, label, placeholder = 'add a filter' }) {
  const url = useUrl();
  const [text, setText] = useState('');
  const add = (event) => {
    if (event.key === 'Backspace' && !text) {
      const last = Object.keys({ ...names, [free]: 1 }).filter((k) => url[k]).pop();
      if (last) go({ [last]: null }, { replace: true });
    }
    if (event.key !== 'Enter' || !text.trim()) return;
    const found = /^(\w+)\s*[:>]\s*(.+)$/.exec(text.trim());
    const key = found && Object.keys(names).find((k) => names[k].toLowerCase() === found[1].toLowerCase() || k === found[1]);
    go(key ? { [key]: found[2].trim() } : { [free]: text.trim() }, { replace: true });
    setText('');
  };
  const chips = Object.keys({ ...names, ...(free ? { [free]: 'text' } : {}) }).filter((k) => url[k]);
  return html`<span class="filter" role="search"><span class="ink3" aria-hidden="true">⌕</span>
    ${chips.map((k) => html`<span key=${k} class="chip" data-filter=${k}><span class="el">${names[k] ?? 'text'}: <bdi>${url[k]}</bdi></span><button aria-label=${`Remove the filter ${names[k] ?? 'text'}`} onClick=${() => go({ [k]: null }, { replace: true })}>✕</button></span>`)}
    <input aria-label=${label} placeholder=${placeholder} title=${`${Object.values(names).map((n) => `${n}:…`).join('  ')}, or plain text`} value=${text} onInput=${(e) => setText(e.target.value)} onKeyDown=${add} /></span>`;
}
