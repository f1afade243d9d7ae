// All keys.
import { html } from '../lib/html.js';
import { Sheet } from './bits.js';

const KEYS = [
  ['1 … 9, 0', 'screens'], ['/', 'search, or the filter of a list'], ['g d', 'a device by its name'], ['w', 'why, of what has the focus'], ['v', 'verify'],
  ['p', 'freeze the view, or go on'], ['t', 'time travel'], ['← →', 'a minute, while in the past; with Shift an event'], ['Esc', 'back to live; closes what is on top'],
  ['[ ]', 'range shorter, longer'], ['j k', 'next row, previous row'], ['Enter', 'opens'], ['i', 'isolates a device'], ['x', 'selects a row'], ['c', 'copies'], ['?', 'all keys'],
];

export const Help = ({ onClose }) => html`<${Sheet} title="Keys" onClose=${onClose}>
  <table class="tb"><tbody>${KEYS.map(([keys, what]) => html`<tr><th scope="row" style=${{ width: '76px' }}><kbd>${keys}</kbd></th><td>${what}</td></tr>`)}</tbody></table>
  <p class="ink3 sm">Single keys do nothing in fields, and can be switched off in the twin's menu.</p></${Sheet}>`;
