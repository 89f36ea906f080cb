// @ts-check
/** The newest failover, or a chosen one, as it happens. */
import { LitElement, html, nothing } from 'lit';
import { clock, duration, figure, plural } from '../format.js';
import { pauseOf, titleOf } from '../data/failover.js';
import './phase-bar.js';

export class FailoverPanel extends LitElement {
  static properties = {
    failovers: { attribute: false },
    /** gives the address of a failover's own page */
    href: { attribute: false },
    /** the failover that the reader chose; 0 for the newest */
    chosen: { state: true },
  };

  constructor() {
    super();
    this.chosen = 0;
  }

  createRenderRoot() {
    return this;
  }

  get shown() {
    return this.failovers.find((failover) => failover.id === this.chosen) ?? this.failovers[0];
  }

  render() {
    return html`
      <section class="failover" aria-labelledby="failover-title" data-failover=${this.shown?.id ?? ''}>
        ${this.shown ? this.renderFailover(this.shown) : this.renderNone()}
      </section>
    `;
  }

  renderNone() {
    return html`
      <div class="top">
        <h2 id="failover-title">No failover so far</h2>
        <span class="hint">This member has seen none since it started. Kill a member's process to see one, phase by phase.</span>
      </div>`;
  }

  renderFailover(failover) {
    const { impact } = failover;
    const pause = pauseOf(failover);
    return html`
      <div class="top">
        <h2 id="failover-title">${titleOf(failover)}</h2>
        <span class="hint"><time datetime=${failover.at}>${clock(failover.at)}</time>, noticed by ${failover.suspectedBy || 'nobody in particular'}. ${failover.evidence}</span>
        <span class="impact">
          <span class="chip ${impact.lost ? 'bad' : 'ok'}">${impact.lost ? `${plural(impact.lost, 'partition', 'partitions')} lost` : 'nothing lost'}</span>
          ${failover.proven ? html`<span class="chip">death proven: no lease to wait for</span>` : nothing}
          ${pause === null
            ? html`<span class="chip warn">${plural(impact.partitions, 'primary is', 'primaries are')} moving</span>`
            : html`<span class="chip warn"><b>${duration(pause)}</b> until ${plural(impact.partitions, 'new primary', 'new primaries')}</span>`}
          ${this.renderChooser()}
          <a class="button small" href=${this.href(failover.id)}>Details</a>
        </span>
      </div>
      <henge-phases .failover=${failover}></henge-phases>
    `;
  }

  renderChooser() {
    if (this.failovers.length < 2) {
      return nothing;
    }
    return html`
      <select class="small" aria-label="Failover" @change=${(event) => (this.chosen = Number(event.target.value))}>
        <option value="0" ?selected=${this.chosen === 0}>newest of ${this.failovers.length}</option>
        ${this.failovers.map(
          (failover) => html`<option value=${failover.id} ?selected=${failover.id === this.chosen}>
            slot ${figure(failover.id)}: ${titleOf(failover)}</option>`,
        )}
      </select>`;
  }

}

customElements.define('henge-failover', FailoverPanel);
