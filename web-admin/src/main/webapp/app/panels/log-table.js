// @ts-check
/** Events as a table: slot, time, kind, what was decided and why. */
import { LitElement, html, nothing } from 'lit';
import { sortOf } from '../data/kinds.js';
import { clock, figure } from '../format.js';
import { icon } from '../shell/marks.js';

export class LogTable extends LitElement {
  static properties = {
    events: { attribute: false },
    /** gives the address of a slot's view */
    href: { attribute: false },
  };

  createRenderRoot() {
    return this;
  }

  render() {
    return html`
      <div class="wide tall" tabindex="0" role="region" aria-label="Log">
        <table class="grid list log">
          <thead><tr><th scope="col">Slot</th><th scope="col">Time</th><th scope="col">Kind</th><th scope="col">What and why</th></tr></thead>
          <tbody>${this.events.map((event) => this.renderEvent(event))}</tbody>
        </table>
        ${this.events.length ? nothing : html`<p class="empty">No event matches.</p>`}
      </div>`;
  }

  renderEvent(event) {
    const { sign, tone } = sortOf(event.kind);
    return html`
      <tr data-kind=${event.kind}>
        <td>${event.slot === undefined ? html`<span class="hint">not in the log</span>` : html`<a class="mono" href=${this.href(event.slot)}>${figure(event.slot)}</a>`}</td>
        <td><time datetime=${event.time}>${clock(event.time)}</time></td>
        <td><span class="kind tone-${tone}">${icon(sign)}${event.kind}</span></td>
        <td>${event.text}</td>
      </tr>`;
  }
}

customElements.define('henge-log-table', LogTable);
