// @ts-check
/** The small signs that every part of the page uses: icons, stones, chips. */
import { html, svg } from 'lit';
import { SAFETY_WORDS } from '../data/partitions.js';

const ICONS = {
  ok: svg`<circle cx="10" cy="10" r="7.2"/><path d="m6.8 10.2 2.2 2.2 4.3-4.6"/>`,
  heal: svg`<path d="M16 10a6 6 0 1 1-1.8-4.3M16 3v3.6h-3.6"/>`,
  warn: svg`<path d="M10 3 17.6 16.4H2.4z"/><path d="M10 8v4M10 14.1v.1"/>`,
  bad: svg`<path d="M6.6 2.8h6.8l3.8 3.8v6.8l-3.8 3.8H6.6l-3.8-3.8V6.6z"/><path d="m7.4 7.4 5.2 5.2m0-5.2-5.2 5.2"/>`,
  moon: svg`<path d="M16.5 12A7 7 0 0 1 8 3.5 7 7 0 1 0 16.5 12z"/>`,
  key: svg`<circle cx="7" cy="10" r="3.6"/><path d="M10.6 10H17v3M14 10v2.3"/>`,
  crown: svg`<path class="solid" d="m3 6 3.6 3L10 4l3.4 5L17 6l-1.4 9H4.4z"/>`,
  vote: svg`<path d="m5 10.4 3.4 3.4L15 6.6"/>`,
  join: svg`<path d="M10 4v12M4 10h12"/>`,
  leave: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  home: svg`<path d="M3 9.2 10 3.5l7 5.7v7.3h-4.6v-4.6H7.6v4.6H3z"/>`,
  ring: svg`<circle class="ringed" cx="10" cy="10" r="6.6"/>`,
  members: svg`<rect x="3" y="3.5" width="14" height="5.4" rx="1.6"/><rect x="3" y="11.1" width="14" height="5.4" rx="1.6"/><path d="M6 6.2v.1M6 13.8v.1"/>`,
  cache: svg`<ellipse cx="10" cy="5.2" rx="6.4" ry="2.4"/><path d="M3.6 5.2v9.6c0 1.3 2.9 2.4 6.4 2.4s6.4-1.1 6.4-2.4V5.2M3.6 10c0 1.3 2.9 2.4 6.4 2.4s6.4-1.1 6.4-2.4"/>`,
  pulse: svg`<path d="M2.5 10.5h3.4l2.2-6 3.6 11 2.2-5h3.6"/>`,
  list: svg`<path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h8"/>`,
  fork: svg`<path d="M4 16V8.5A3.5 3.5 0 0 1 7.5 5H16m-3.4-3L16 5l-3.4 3"/>`,
  drill: svg`<circle cx="10" cy="10" r="7.2"/><circle cx="10" cy="10" r="3"/><path d="M10 1.5v3M10 15.5v3M1.5 10h3M15.5 10h3"/>`,
  check: svg`<circle cx="10" cy="10" r="7.2"/><path d="m6.8 10.2 2.2 2.2 4.3-4.6"/>`,
  info: svg`<circle cx="10" cy="10" r="7.2"/><path d="M10 9v5M10 6.2v.1"/>`,
  clock: svg`<circle cx="10" cy="10" r="7.2"/><path d="M10 5.5V10l3 2"/>`,
  save: svg`<path d="M10 3v9m-3.5-3.4L10 12l3.5-3.4M4 16h12"/>`,
  dot: svg`<circle class="solid" cx="10" cy="10" r="3.2"/>`,
};

/** A picture beside words; its meaning is always in the words as well, or in a label. */
export function icon(name, label = '') {
  return label
    ? html`<svg class="icon" viewBox="0 0 20 20" role="img" aria-label=${label}><title>${label}</title>${ICONS[name]}</svg>`
    : html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${ICONS[name]}</svg>`;
}

/** The product's sign: a ring of stones, one of them fallen. */
export function brand() {
  return html`
    <svg class="brand-sign" viewBox="0 0 28 28" aria-hidden="true">
      ${[0, 60, 120, 180, 240, 300].map(
        (angle) => svg`<rect x="12" y="1.5" width="4" height="6" rx="1.2" transform="rotate(${angle} 14 14)" opacity=${angle === 300 ? 0.35 : 1}/>`,
      )}
      <circle cx="14" cy="14" r="2.6" opacity=".55"/>
    </svg>`;
}

/** A member's stone: its colour and its letter. */
export function stone(label, colour) {
  return html`
    <svg class="stone" viewBox="0 0 26 30" aria-hidden="true">
      <path d="M9 0h8a9 9 0 0 1 9 9v16a5 5 0 0 1-5 5H5a5 5 0 0 1-5-5V9a9 9 0 0 1 9-9z" fill=${colour}/>
      <text x="13" y="20">${label}</text>
    </svg>`;
}

/** The stone of a member that left: an outline. */
export function fallenStone(label) {
  return html`
    <svg class="stone fallen" viewBox="0 0 26 30" aria-hidden="true">
      <path d="M9 1h8a8 8 0 0 1 8 8v16a4 4 0 0 1-4 4H5a4 4 0 0 1-4-4V9a8 8 0 0 1 8-8z"/>
      <text x="13" y="20">${label}</text>
    </svg>`;
}

/** A member's colour as a small block beside its name. */
export function dot(colour) {
  return html`<svg class="dot" viewBox="0 0 10 12" aria-hidden="true"><rect width="10" height="12" rx="3" fill=${colour}/></svg>`;
}

const SAFETY_TONES = {
  'in-sync': 'ok',
  'catching-up': 'warn',
  waiting: 'warn',
  'one-copy': 'bad',
  unavailable: 'bad',
};

/** How safe a partition is, in a word. */
export function safetyChip(safety) {
  return html`<span class="chip ${SAFETY_TONES[safety]}">${SAFETY_WORDS[safety]}</span>`;
}
