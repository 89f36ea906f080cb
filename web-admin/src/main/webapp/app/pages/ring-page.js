// @ts-check
/** Where is what, and is it safe? The ring or its table, what is chosen on it, and the views around. */
import { html, nothing } from 'lit';
import { spread } from '../data/partitions.js';
import { plural } from '../format.js';
import '../panels/events-panel.js';
import '../panels/failover-panel.js';
import '../panels/members-panel.js';
import '../panels/partition-panel.js';
import '../panels/quick-key.js';
import '../panels/views-panel.js';
import '../panels/voters-panel.js';
import '../ring/ring-table.js';
import '../ring/ring-view.js';
import { groupOf, sceneOf } from '../ring/scene.js';
import { legend } from '../shell/legend.js';
import { Page } from './page.js';

export class RingPage extends Page {
  render() {
    const { state, live, route } = this.context;
    return html`
      ${state.view.parts.length ? this.renderRing() : this.renderNoCaches()}
      <section class="card failover-card">
        ${route.slot === null ? html`<henge-failover .failovers=${live.failovers} .href=${(slot) => this.link('failovers', { id: String(slot) })}></henge-failover>` : nothing}
        <henge-views .events=${live.events} .oldest=${live.cluster.oldestSlot} .newest=${live.view.slot} .slot=${route.slot} @slot=${(event) => this.context.go({ slot: event.detail })}></henge-views>
      </section>
    `;
  }

  /** Partitions come with the first cache. */
  renderNoCaches() {
    const { state } = this.context;
    return html`
      <div class="columns">
        ${this.renderMembers()}
        <section class="card blank">
          ${state.view.members.length
            ? html`<h1>No cache yet</h1><p>The ring appears when an application creates the first cache.</p>`
            : html`<h1>Not in a cluster yet</h1><p>The members and the ring appear when this member has joined or founded its cluster.</p>`}
        </section>
        <div class="stack side"><henge-events .events=${state.events}></henge-events></div>
      </div>`;
  }

  renderMembers() {
    const { state, gone, look, route, go, live } = this.context;
    return html`
      <div class="stack">
        <henge-members .members=${state.view.members} .gone=${gone} .look=${look} .highlight=${route.member} @member=${(event) => go({ member: event.detail })}></henge-members>
        <henge-voters .view=${state.view} .quorum=${route.slot === null ? live.cluster.quorum : null} .look=${look}></henge-voters>
      </div>`;
  }

  renderRing() {
    const { state, look, route } = this.context;
    const { view } = state;
    const scene = sceneOf(view, route, state.promoted, look);
    const selected = scene.base + (route.partition % scene.parts.length);
    return html`
      ${this.renderTitle(
        'Ring',
        `${plural(scene.parts.length, 'partition', 'partitions')} on ${plural(view.members.length, 'member', 'members')}, load within ±${spread(scene.parts, view.members)} % of even`,
        html`<henge-quick-key .api=${this.context.api} .caches=${state.caches} @partition=${(event) => this.choose(event.detail)}></henge-quick-key>`,
      )}
      <div class="columns">
        ${this.renderMembers()}
        <section class="card placement" aria-labelledby="placement-title">
          <div class="head">
            <h2 id="placement-title">Placement</h2>
            ${this.renderSwitches(view)}
          </div>
          ${route.form === 'table'
            ? html`<henge-ring-table .view=${view} .scene=${scene} .selected=${selected} .holder=${route.member} @partition=${(event) => this.choose(event.detail)}></henge-ring-table>`
            : html`<henge-ring .view=${view} .scene=${scene} .selected=${selected} .order=${route.order} @partition=${(event) => this.choose(event.detail)}></henge-ring>
                ${legend()}`}
        </section>
        <div class="stack side">
          <henge-partition .view=${view} .number=${selected} .wanted=${scene.wanted} .group=${scene.group} .look=${look} .context=${this.context} .promoted=${state.promoted.has(selected)} .href=${(slot) => this.here({ slot })}></henge-partition>
          <henge-events .events=${state.events}></henge-events>
        </div>
      </div>
    `;
  }

  renderSwitches(view) {
    return html`
      <span class="switches">
        ${view.copies.length > 1
          ? html`<label class="group">Group
              <select @change=${(event) => this.context.go({ group: Number(event.target.value), partition: 0 })}>
                ${view.copies.map((copies, group) => html`<option value=${group} ?selected=${group === groupOf(view, this.context.route.group)}>${group}: ${plural(copies, 'copy', 'copies')}</option>`)}
              </select></label>`
          : nothing}
        ${this.context.route.form === 'ring'
          ? this.renderSwitch('Order of partitions', 'order', [['hash', 'By hash'], ['primary', 'By primary'], ['zone', 'By zone']])
          : nothing}
        ${this.renderSwitch('Form', 'form', [['ring', 'Ring'], ['table', 'Table']])}
      </span>`;
  }

  renderSwitch(label, name, choices) {
    const { route, go } = this.context;
    return html`
      <span class="switch" role="group" aria-label=${label}>
        ${choices.map(([value, words]) => html`<button aria-pressed=${route[name] === value} @click=${() => go({ [name]: value })}>${words}</button>`)}
      </span>`;
  }

  /** A partition's number over all groups also tells its group. */
  choose(number) {
    const per = this.context.state.view.partitionsPerGroup;
    this.context.go({ group: Math.floor(number / per), partition: number % per });
  }

  /** The canvas is drawn a frame later: it says so itself. */
  updated() {
    const { state, route } = this.context;
    if (route.form === 'table' || !state.view.parts.length) {
      super.updated();
      document.body.dataset.ready = state.view.parts.length ? 'table' : 'ring';
    }
  }
}

customElements.define('henge-ring-page', RingPage);
