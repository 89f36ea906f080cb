// @ts-check
/** The frame: joins the session's state and the address to the pages, and their wishes to both. */
import { LitElement, html, nothing } from 'lit';
import { html as staticHtml, unsafeStatic } from 'lit-html/static.js';
import { Session } from '../data/session.js';
import { goneMembers, shownState } from '../data/store.js';
import { colours, labels } from '../members.js';
import { hasPage } from '../pages/registry.js';
import { foundAgainAction } from '../panels/actions.js';
import { formatRoute, pageRoute, parseRoute } from '../routes.js';
import { connectionBanner, emptyPage, healthBanner, isStale, pastBanner, pastPage } from './banner.js';
import { header } from './header.js';
import { PAGE_NAMES, navigation } from './nav.js';

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
    const { cluster, page, id } = this.route;
    this.route = parseRoute(location.hash);
    if (this.route.cluster !== cluster) {
      this.session.follow(this.route.cluster);
    }
    if (this.route.page !== page || this.route.id !== id) {
      delete document.body.dataset.ready;
      scrollTo(0, 0);
    }
    this.requestUpdate();
  }

  /** Changes the address, which changes the page. */
  go(changes) {
    history.replaceState(null, '', formatRoute({ ...this.route, ...changes }));
    this.routeChanged();
  }

  render() {
    const live = this.session.state;
    const { slot } = this.route;
    return html`
      ${navigation(live, this.route, Date.now())}
      <div class="frame">
        ${header(live, slot, (key) => this.go({ ...pageRoute(this.route, this.route.page), cluster: key, slot: null }))}
        <main id="main" tabindex="-1" class=${isStale(live) ? 'stale' : ''}>
          ${connectionBanner(live)}
          ${this.renderPage(live)}
        </main>
      </div>
      <henge-action-dialog @done=${() => this.session.refresh()}></henge-action-dialog>
      <div class="sr" role="status" aria-live="polite">${this.announcement(live)}</div>
    `;
  }

  renderPage(live) {
    const { slot, page } = this.route;
    if (!live.view || !live.cluster) {
      return emptyPage(live);
    }
    const state = shownState(live, slot);
    const toLive = () => this.go({ slot: null });
    if (!state.view) {
      return pastPage(live, slot, toLive, (oldest) => this.go({ slot: oldest }));
    }
    if (!hasPage(page, () => this.requestUpdate())) {
      return nothing;
    }
    const gone = slot === null ? goneMembers(live, Date.now()) : [];
    const context = {
      state,
      live,
      route: this.route,
      go: (changes) => this.go(changes),
      api: this.session.api,
      gone,
      look: { labels: labels(state.view.members, state.tones, gone), colours: colours(state.view.members, state.tones) },
      user: live.user,
      session: () => this.session.state,
      act: (action) => this.ask(action, context),
      refreshCaches: () => this.session.readCaches(),
      readCache: (name) => this.session.readCache(name),
      refresh: () => this.session.refresh(),
    };
    const tag = unsafeStatic(`henge-${page}-page`);
    return html`
      ${slot === null ? (isStale(live) ? nothing : healthBanner(live.cluster, live.cluster.health.code === 'NO_QUORUM' ? foundAgainAction(context) : nothing)) : pastBanner(state, live, toLive)}
      ${staticHtml`<${tag} class="page" .context=${context}></${tag}>`}
    `;
  }

  /** Opens the dialog of an action. */
  ask(action, context) {
    /** @type {any} */ (this.querySelector('henge-action-dialog')).ask(action, context);
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

  updated() {
    const { state } = this.session;
    this.session.wantSlot(this.route.slot);
    document.body.dataset.connection = state.connection;
    document.body.dataset.health = state.problem?.code ?? state.cluster?.health.code ?? '';
    const trouble = isStale(state) || (state.cluster && state.cluster.health.code !== 'OK');
    const name = PAGE_NAMES[this.route.page];
    document.title = `${trouble ? '(!) ' : ''}${name}${state.cluster ? ` · ${state.cluster.name}` : ''} · Henge`;
  }
}

customElements.define('henge-app', App);
