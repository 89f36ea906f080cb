// @ts-check
/** A failover's phases as one bar, growing while it lasts. */
import { LitElement, html, nothing } from 'lit';
import { figure } from '../format.js';
import { PHASES, lengthOf, measureOf, progressOf } from '../data/failover.js';

const SECOND = 1000;

export class PhaseBar extends LitElement {
  static properties = { failover: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.failover && !this.failover.over && this.requestUpdate(), SECOND);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  render() {
    return html`<ol class="phases">${this.failover.phases.map((phase) => this.renderPhase(phase, this.failover))}</ol>`;
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

  /** Widths by length, but for the copying; set here because the policy forbids style attributes. */
  updated() {
    for (const phase of this.querySelectorAll('.phase:not(.replicate)')) {
      const element = /** @type {HTMLElement} */ (phase);
      element.style.flexGrow = String(Math.max(1, Number(element.dataset.length)));
    }
  }
}

customElements.define('henge-phases', PhaseBar);
