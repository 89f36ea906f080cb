// @ts-check
/** What happened, newest first. */
import { LitElement, html, nothing } from 'lit';
import { sortOf } from '../data/kinds.js';
import { clock, figure } from '../format.js';
import { icon } from '../shell/marks.js';

const SHOWN = 100;

export class EventsPanel extends LitElement {
  static properties = {
    events: { attribute: false },
  };

  createRenderRoot() {
    return this;
  }

  render() {
    const newest = this.events.slice(-SHOWN).reverse();
    return html`
      <section class="card events" aria-labelledby="events-title">
        <div class="head">
          <h2 id="events-title">Events</h2>
          <span class="hint">${newest.length < this.events.length ? `newest ${SHOWN}` : 'newest first'}</span>
        </div>
        ${newest.length
          ? html`<div class="scroll" tabindex="0" role="region" aria-label="List of events">
              <ol>${newest.map((event) => this.renderEvent(event))}</ol>
            </div>`
          : html`<p class="empty">Nothing has happened since this member started.</p>`}
      </section>
    `;
  }

  renderEvent(event) {
    const { sign, tone } = sortOf(event.kind);
    return html`
      <li class="tone-${tone}" data-kind=${event.kind}>
        ${icon(sign)}
        <span class="text">${event.text}</span>
        <span class="when"><time datetime=${event.time}>${clock(event.time)}</time>${event.slot === undefined
          ? nothing
          : html`<span class="mono"> slot ${figure(event.slot)}</span>`}</span>
      </li>`;
  }
}

customElements.define('henge-events', EventsPanel);
