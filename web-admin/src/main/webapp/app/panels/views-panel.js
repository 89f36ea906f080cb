// @ts-check
/** Time travel: a slider over the last views, marks where something happened. Fires `slot`, null for live. */
import { LitElement, html, nothing, svg } from 'lit';
import { eventAt, eventsBySlot } from '../data/history.js';
import { sortOf } from '../data/kinds.js';
import { clock, figure } from '../format.js';

const SHOWN = 120;
const PERCENT = 100;

export class ViewsPanel extends LitElement {
  static properties = {
    events: { attribute: false },
    /** the oldest slot that is kept */
    oldest: { type: Number },
    /** the newest slot */
    newest: { type: Number },
    /** the slot that is shown, null for the live view */
    slot: { attribute: false },
  };

  createRenderRoot() {
    return this;
  }

  render() {
    if (this.newest < 0) {
      return nothing;
    }
    const first = Math.max(0, this.oldest);
    const shown = this.slot ?? this.newest;
    // The window ends at the newest slot, or moves so that the shown one is inside it.
    const to = Math.min(this.newest, Math.max(shown + SHOWN / 2, first + SHOWN));
    const from = Math.max(first, Math.min(this.slot === null ? this.newest : to, to) - SHOWN);
    const ticks = eventsBySlot(this.events, from, to);
    const at = (slot) => (PERCENT * (slot - from)) / Math.max(1, to - from);
    const event = eventAt(this.events, shown);
    const words = event && event.slot === shown ? event.text : event ? `after ${event.text}` : '';
    return html`
      <div class="views">
        <span class="hint">Views</span>
        <div class="slider">
          <svg class="ticks" aria-hidden="true">
            ${[...ticks.values()].map((tick) => {
              const { tone } = sortOf(tick.kind);
              const high = tone === 'bad';
              return svg`<rect class="tone-${tone}" x="${at(tick.slot)}%" y=${high ? 0 : 4} width="3" height=${high ? 14 : 10} rx="1.5"/>`;
            })}
          </svg>
          <input type="range" aria-label="View after slot" min=${from} max=${to} .value=${String(shown)}
            aria-valuetext="slot ${figure(shown)}${words ? `: ${words}` : ''}" @input=${this.slid}>
        </div>
        <label class="slot-number hint">slot <input type="number" class="mono" min=${first} max=${this.newest} .value=${String(shown)} @change=${this.slid}></label>
        <span class="now">${event ? html`<time datetime=${event.time}>${clock(event.time)}</time> ` : nothing}${words}</span>
        <button class="button small" ?disabled=${this.slot === null} @click=${() => this.choose(null)}>Back to live</button>
      </div>`;
  }

  slid(event) {
    const slot = Number(event.target.value);
    if (event.target.value !== '' && Number.isInteger(slot) && slot >= 0) {
      this.choose(slot >= this.newest ? null : slot);
    }
  }

  choose(detail) {
    this.dispatchEvent(new CustomEvent('slot', { detail }));
  }
}

customElements.define('henge-views', ViewsPanel);
