// @ts-check
/** A failover's phases as they happen, and the views around it. */
import { LitElement, html, nothing, svg } from 'lit';
import { sortOf } from '../data/kinds.js';
import { clock, duration, figure, plural } from '../format.js';
import { PHASES, lengthOf, measureOf, pauseOf, progressOf, titleOf } from './failover.js';

const TICKED_SLOTS = 60;
const SECOND = 1000;

export class FailoverPanel extends LitElement {
  static properties = {
    failovers: { attribute: false },
    events: { attribute: false },
    slot: { type: Number },
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

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.shown && !this.shown.over && this.requestUpdate(), SECOND);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  get shown() {
    return this.failovers.find((failover) => failover.id === this.chosen) ?? this.failovers[0];
  }

  render() {
    return html`
      <section class="card failover" aria-labelledby="failover-title" data-failover=${this.shown?.id ?? ''}>
        ${this.shown ? this.renderFailover(this.shown) : this.renderNone()}
        ${this.renderViews()}
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
        </span>
      </div>
      <ol class="phases">${failover.phases.map((phase) => this.renderPhase(phase, failover))}</ol>
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

  renderPhase(phase, failover) {
    const elapsed = Date.now() - Date.parse(failover.at);
    const [words, meaning] = PHASES[phase.name] ?? [phase.name, ''];
    const running = phase.ms[1] === null;
    return html`
      <li class="phase ${phase.name} ${running ? 'running' : 'done'}" data-phase=${phase.name} data-length=${lengthOf(phase, elapsed)} title=${meaning}>
        <span class="what"><b>${measureOf(phase, elapsed)}</b>${words}</span>
        <svg class="length" aria-hidden="true">
          <rect class="track" width="100%" height="14"/>
          <rect class="fill" width="${running && phase.of ? (100 * (phase.done ?? 0)) / phase.of : 100}%" height="14"/>
        </svg>
        <span class="below">${progressOf(phase)}${phase.slot === undefined ? nothing : html`, slot <span class="mono">${figure(phase.slot)}</span>`}</span>
      </li>`;
  }

  renderViews() {
    if (this.slot < 0) {
      return nothing;
    }
    const from = Math.max(0, this.slot - TICKED_SLOTS);
    const ticks = new Map();
    for (const event of this.events) {
      if (event.slot !== undefined && event.slot > from) {
        ticks.set(event.slot, event);
      }
    }
    const at = (slot) => (100 * (slot - from - 0.5)) / Math.max(1, this.slot - from);
    const newest = [...ticks.values()].pop();
    return html`
      <div class="views">
        <span class="hint">Views</span>
        <svg class="ticks" role="img" aria-label="Slots ${from} to ${this.slot}, ${ticks.size} of them with events">
          <rect class="axis" y="13" width="100%" height="3" rx="1.5"/>
          ${[...ticks.values()].map((event) => {
            const { tone } = sortOf(event.kind);
            const high = tone === 'bad';
            return svg`<rect class="tone-${tone}" x="${at(event.slot)}%" y=${high ? 0 : 5} width="4" height=${high ? 20 : 11} rx="1.5">
              <title>slot ${figure(event.slot)}: ${event.text}</title></rect>`;
          })}
        </svg>
        <span class="now">slot ${figure(this.slot)}${newest && newest.slot === this.slot ? `: ${newest.text}` : ''}</span>
      </div>`;
  }

  /** Widths by length, but for the copying; set here because the policy forbids style attributes. */
  updated() {
    for (const phase of this.querySelectorAll('.phase:not(.replicate)')) {
      const element = /** @type {HTMLElement} */ (phase);
      element.style.flexGrow = String(Math.max(1, Number(element.dataset.length)));
    }
  }
}

customElements.define('henge-failover', FailoverPanel);
