// @ts-check
/** Versions, who is looking and what they may do, how the page is set. */
import { html, nothing } from 'lit';
import { ConsoleProblem } from '../data/api.js';
import { clock, figure } from '../format.js';
import { currentTheme, setTheme } from '../theme.js';
import { Page } from './page.js';

export class AboutPage extends Page {
  static properties = { entries: { state: true } };

  constructor() {
    super();
    this.entries = [];
  }

  render() {
    const { live } = this.context;
    const { cluster } = live;
    return html`
      ${this.renderTitle('About', 'Versions, permissions, and how this page looks')}
      <div class="halves">
        <section class="card" aria-labelledby="versions-title"><div class="head"><h2 id="versions-title">This cluster</h2></div><div class="body"><dl class="facts plain">
          <dt>Cluster</dt><dd>${cluster.name}</dd><dt>Id</dt><dd class="mono">${cluster.id || '–'}</dd>
          <dt>Seen by</dt><dd>${cluster.node.name}</dd><dt>Its state</dt><dd>${cluster.state}</dd>
          <dt>Henge</dt><dd>${cluster.version}</dd><dt>Views kept</dt><dd class="mono">${cluster.oldestSlot < 0 ? 'none' : `${figure(cluster.oldestSlot)} to ${figure(cluster.slot)}`}</dd>
          <dt>Time zone</dt><dd>${Intl.DateTimeFormat().resolvedOptions().timeZone}</dd></dl></div></section>
        <div class="stack">
          ${this.renderUser()}
          ${this.renderAudit()}
          <section class="card" aria-labelledby="looks-title"><div class="head"><h2 id="looks-title">Looks</h2></div><div class="body row">
            <span class="switch" role="group" aria-label="Colours">${['light', 'dark'].map((theme) => html`<button aria-pressed=${currentTheme() === theme} @click=${() => this.theme(theme)}>${theme}</button>`)}</span>
            <span class="hint">Motion follows the system’s setting for reduced motion.</span></div></section>
        </div>
      </div>`;
  }

  renderUser() {
    const { user } = this.context;
    if (!user) {
      return nothing;
    }
    return html`
      <section class="card" aria-labelledby="user-title"><div class="head"><h2 id="user-title">Who is looking</h2></div><div class="body"><dl class="facts plain">
        <dt>Name</dt><dd>${user.name || 'nobody logged in'}</dd><dt>Roles</dt><dd>${user.roles.join(', ')}</dd>
        <dt>May act</dt><dd>${user.roles.includes('operator') ? 'yes' : 'no: needs role operator'}</dd><dt>Log-in</dt><dd>${user.login === 'none' ? 'none: this machine only' : user.login}</dd></dl>
        ${user.name && ['form', 'openid'].includes(user.login) ? html`<p class="row"><button class="button small" data-action="log-out" @click=${this.logOut}>Log out</button></p>` : nothing}</div></section>`;
  }

  renderAudit() {
    return html`
      <section class="card" aria-labelledby="audit-title"><div class="head"><h2 id="audit-title">Last actions</h2><span class="hint">of this console</span></div>
        ${this.entries.length
          ? html`<ul class="notes">${this.entries.map((entry) => html`<li><span class="hint">${clock(entry.time)}</span> <b>${entry.who || 'nobody'}</b> from ${entry.from}: ${entry.action} ${entry.target}<br><span class="hint">${entry.result}</span></li>`)}</ul>`
          : html`<p class="empty">Nobody has done anything.</p>`}
      </section>`;
  }

  firstUpdated() {
    this.readAudit();
  }

  async readAudit() {
    try {
      this.entries = await this.context.api.get('audit');
    } catch (problem) {
      if (!(problem instanceof ConsoleProblem)) {
        throw problem;
      }
    }
  }

  async logOut() {
    await this.context.api.post('session/logout', {});
    // A provider would let the same person in again unasked.
    location.assign(this.context.user.login === 'openid' ? 'logged-out.html' : './');
  }

  theme(theme) {
    setTheme(theme);
    this.requestUpdate();
  }
}

customElements.define('henge-about-page', AboutPage);
