// @ts-check
/** Versions, who is looking and what they may do, how the page is set. */
import { html, nothing } from 'lit';
import { figure } from '../format.js';
import { currentTheme, setTheme } from '../theme.js';
import { Page } from './page.js';

export class AboutPage extends Page {
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
        <dt>May act</dt><dd>${user.roles.includes('operator') ? 'yes' : 'no: needs role operator'}</dd></dl></div></section>`;
  }

  theme(theme) {
    setTheme(theme);
    this.requestUpdate();
  }
}

customElements.define('henge-about-page', AboutPage);
