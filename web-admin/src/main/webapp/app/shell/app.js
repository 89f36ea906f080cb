// @ts-check
/** The page: joins the session's state and the address to the parts, and their wishes to both. */
import { LitElement, html, nothing } from 'lit';
import { spread } from '../data/partitions.js';
import { Session } from '../data/session.js';
import { goneMembers } from '../data/store.js';
import { plural } from '../format.js';
import { colours, labels } from '../members.js';
import { groupOf, sceneOf } from '../ring/scene.js';
import { formatRoute, parseRoute } from '../routes.js';
import '../panels/events-panel.js';
import '../panels/failover-panel.js';
import '../panels/key-finder.js';
import '../panels/members-panel.js';
import '../panels/partition-panel.js';
import '../panels/voters-panel.js';
import '../ring/ring-table.js';
import '../ring/ring-view.js';
import { connectionBanner, emptyPage, healthBanner, isStale } from './banner.js';
import { header } from './header.js';
import { legend } from './legend.js';

const ANNOUNCE_MILLIS = 5000;
const RENDER_MILLIS = 20;

export class App extends LitElement {
  createRenderRoot() {
    return this;
  }

  constructor() {
    super();
    this.route = parseRoute(location.hash);
    this.session = new Session();
    this.session.addEventListener('change', () => this.schedule());
    this.announced = { text: '', at: 0 };
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', () => this.routeChanged());
    addEventListener('henge-theme', () => this.requestUpdate());
    this.session.follow(this.route.cluster);
  }

  /** One tick of the stream brings several messages: they become one rendering. */
  schedule() {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.requestUpdate();
    }, RENDER_MILLIS);
  }

  routeChanged() {
    const { cluster } = this.route;
    this.route = parseRoute(location.hash);
    if (this.route.cluster !== cluster) {
      this.session.follow(this.route.cluster);
    }
    this.requestUpdate();
  }

  /** Changes the address, which changes the page. */
  go(changes) {
    history.replaceState(null, '', formatRoute({ ...this.route, ...changes }));
    this.routeChanged();
  }

  render() {
    const { state } = this.session;
    return html`
      ${header(state, (key) => this.go({ cluster: key, partition: 0, member: null }))}
      <main id="main" tabindex="-1" class=${isStale(state) ? 'stale' : ''}>
        ${connectionBanner(state)}
        ${this.renderPage(state)}
      </main>
      <div class="sr" role="status" aria-live="polite">${this.announcement(state)}</div>
    `;
  }

  renderPage(state) {
    if (!state.view || !state.cluster) {
      return emptyPage(state);
    }
    const gone = goneMembers(state, Date.now());
    const look = {
      labels: labels(state.view.members, state.tones, gone),
      colours: colours(state.view.members, state.tones),
    };
    return html`
      ${isStale(state) ? nothing : healthBanner(state.cluster)}
      ${state.view.parts.length ? this.renderRing(state, gone, look) : this.renderNoCaches(state, gone, look)}
      <henge-failover .failovers=${state.failovers} .events=${state.events} .slot=${state.view.slot}></henge-failover>
    `;
  }

  /** Partitions come with the first cache. */
  renderNoCaches(state, gone, look) {
    return html`
      <div class="columns">
        ${this.renderMembers(state, gone, look)}
        <section class="card blank">
          ${state.view.members.length
            ? html`<h1>No cache yet</h1><p>The ring appears when an application creates the first cache.</p>`
            : html`<h1>Not in a cluster yet</h1><p>The members and the ring appear when this member has joined or founded its cluster.</p>`}
        </section>
        <div class="stack side"><henge-events .events=${state.events}></henge-events></div>
      </div>`;
  }

  renderMembers({ view, cluster }, gone, look) {
    return html`
      <div class="stack">
        <henge-members .members=${view.members} .gone=${gone} .look=${look} .highlight=${this.route.member} @member=${(event) => this.go({ member: event.detail })}></henge-members>
        <henge-voters .view=${view} .quorum=${cluster.quorum} .look=${look}></henge-voters>
      </div>`;
  }

  renderRing(state, gone, look) {
    const { view } = state;
    const scene = sceneOf(view, this.route, state.promoted, look);
    const selected = scene.base + (this.route.partition % scene.parts.length);
    return html`
      <div class="title">
        <h1>Ring</h1>
        <p>${plural(scene.parts.length, 'partition', 'partitions')} on ${plural(view.members.length, 'member', 'members')}, load within ±${spread(scene.parts, view.members)} % of even</p>
        <span class="space"></span>
        <henge-key-finder .api=${this.session.api} .caches=${state.caches} @partition=${(event) => this.choose(event.detail)}></henge-key-finder>
      </div>
      <div class="columns">
        ${this.renderMembers(state, gone, look)}
        <section class="card placement" aria-labelledby="placement-title">
          <div class="head">
            <h2 id="placement-title">Placement</h2>
            ${this.renderSwitches(view)}
          </div>
          ${this.route.form === 'table'
            ? html`<henge-ring-table .view=${view} .scene=${scene} .selected=${selected} .holder=${this.route.member} @partition=${(event) => this.choose(event.detail)}></henge-ring-table>`
            : html`<henge-ring .view=${view} .scene=${scene} .selected=${selected} .byHash=${this.route.order === 'hash'} @partition=${(event) => this.choose(event.detail)} @drawn=${() => this.markReady(state)}></henge-ring>
                ${legend()}`}
        </section>
        <div class="stack side">
          <henge-partition .view=${view} .number=${selected} .wanted=${scene.wanted} .group=${scene.group} .look=${look} .promotedAt=${state.promoted.get(selected) ?? 0}></henge-partition>
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
              <select @change=${(event) => this.go({ group: Number(event.target.value), partition: 0 })}>
                ${view.copies.map((copies, group) => html`<option value=${group} ?selected=${group === groupOf(view, this.route.group)}>${group}: ${plural(copies, 'copy', 'copies')}</option>`)}
              </select></label>`
          : nothing}
        ${this.route.form === 'ring'
          ? this.renderSwitch('Order of partitions', 'order', [['hash', 'By hash'], ['primary', 'By primary']])
          : nothing}
        ${this.renderSwitch('Form', 'form', [['ring', 'Ring'], ['table', 'Table']])}
      </span>`;
  }

  renderSwitch(label, name, choices) {
    return html`
      <span class="switch" role="group" aria-label=${label}>
        ${choices.map(([value, words]) => html`<button aria-pressed=${this.route[name] === value} @click=${() => this.go({ [name]: value })}>${words}</button>`)}
      </span>`;
  }

  /** A partition's number over all groups also tells its group. */
  choose(number) {
    const per = this.session.state.view.partitionsPerGroup;
    this.go({ group: Math.floor(number / per), partition: number % per });
  }

  /** Says a change of the state of safety, at most once in five seconds. */
  announcement(state) {
    const text = state.connection === 'lost' ? 'The console lost its server' : (state.problem?.title ?? state.cluster?.health.title ?? '');
    const now = Date.now();
    if (text !== this.announced.text && now - this.announced.at >= ANNOUNCE_MILLIS) {
      this.announced = { text, at: now };
    }
    return this.announced.text;
  }

  /** Marks on the body that programs may wait for; documented in docs/console.md. */
  markReady(state) {
    document.body.dataset.ready = 'ring';
    document.body.dataset.slot = String(state.view.slot);
  }

  updated() {
    const { state } = this.session;
    document.body.dataset.connection = state.connection;
    document.body.dataset.health = state.problem?.code ?? state.cluster?.health.code ?? '';
    if (this.route.form === 'table' && state.view) {
      document.body.dataset.ready = 'table';
      document.body.dataset.slot = String(state.view.slot);
    }
    const trouble = isStale(state) || (state.cluster && state.cluster.health.code !== 'OK');
    document.title = `${trouble ? '(!) ' : ''}Ring${state.cluster ? ` · ${state.cluster.name}` : ''} · Henge`;
  }
}

customElements.define('henge-app', App);
