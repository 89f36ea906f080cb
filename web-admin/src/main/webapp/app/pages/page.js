// @ts-check
/** What every page has: the state to show, where it is, and how to go elsewhere. */
import { LitElement, html } from 'lit';
import { formatRoute, pageRoute } from '../routes.js';

/**
 * @typedef {object} PageContext
 * @property {any} state what to show; its view is that of the slot in the address
 * @property {any} live the state as it is now
 * @property {import('../routes.js').Route} route
 * @property {(changes: object) => void} go changes the address
 * @property {import('../data/api.js').Api} api
 * @property {{labels: Map<string, string>, colours: Map<string, string>}} look
 * @property {any[]} gone members that left a while ago
 * @property {any} user who is looking: {name, roles, csrf, features}
 */

export class Page extends LitElement {
  static properties = { context: { attribute: false } };

  constructor() {
    super();
    /** @type {PageContext} */
    this.context;
  }

  createRenderRoot() {
    return this;
  }

  /** The address of another page, at the same slot. */
  link(page, changes = {}) {
    return formatRoute(pageRoute(this.context.route, page, changes));
  }

  /** The address of this page with some settings changed. */
  here(changes) {
    return formatRoute({ ...this.context.route, ...changes });
  }

  renderTitle(title, about, rest = '') {
    return html`
      <div class="title">
        <h1>${title}</h1>
        <p>${about}</p>
        <span class="space"></span>
        ${rest}
      </div>`;
  }

  /** Tells programs that this page is drawn; documented in docs/console.md. */
  updated() {
    const { state, route } = this.context;
    document.body.dataset.ready = route.page;
    document.body.dataset.slot = String(state.view?.slot ?? '');
  }
}
