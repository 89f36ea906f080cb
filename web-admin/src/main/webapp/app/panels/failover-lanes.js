// @ts-check
/** One lane for each partition that a failover moved: who led it, who leads it, and that nothing is missing. */
import { LitElement, html, nothing } from 'lit';
import { plural } from '../format.js';

const SHOWN = 64;

export class FailoverLanes extends LitElement {
  static properties = {
    detail: { attribute: false },
    /** gives the address of a partition on the ring */
    href: { attribute: false },
    all: { state: true },
  };

  constructor() {
    super();
    this.all = false;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { lanes, kept, proof } = this.detail;
    if (!lanes.length) {
      return html`<p class="empty">${kept ? 'The member led no partition.' : proof}</p>`;
    }
    const shown = this.all ? lanes : lanes.slice(0, SHOWN);
    return html`
      <div class="wide tall" tabindex="0" role="region" aria-label="Partitions that moved">
        <table class="grid list">
          <thead><tr><th scope="col">Partition</th><th scope="col">Primary was</th><th scope="col">is</th><th scope="col">had all writes</th><th scope="col">In-sync copies</th></tr></thead>
          <tbody>${shown.map((lane) => html`
            <tr>
              <th scope="row"><a class="mono" href=${this.href(lane.partition)}>p${lane.partition}</a></th>
              <td>${lane.from}</td>
              <td>${lane.to || html`<span class="chip bad">nobody</span>`}</td>
              <td>${lane.wasInSync ? html`<span class="chip ok">in sync before</span>` : html`<span class="chip bad">no</span>`}</td>
              <td>${lane.before} before, ${lane.copies} after</td>
            </tr>`)}</tbody>
        </table>
      </div>
      ${lanes.length > shown.length ? html`<p class="empty"><button class="button small" @click=${() => (this.all = true)}>Show all ${plural(lanes.length, 'lane', 'lanes')}</button></p>` : nothing}`;
  }
}

customElements.define('henge-lanes', FailoverLanes);
