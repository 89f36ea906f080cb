// @ts-check
/** Who decides, who leads them, and how many more may fail. */
import { LitElement, html, nothing } from 'lit';
import { figure } from '../format.js';
import { icon } from '../shell/marks.js';

export class VotersPanel extends LitElement {
  static properties = {
    view: { attribute: false },
    /** null when the view is an older one */
    quorum: { attribute: false },
    look: { attribute: false },
  };

  createRenderRoot() {
    return this;
  }

  render() {
    if (!this.quorum) {
      return html`
        <section class="card" aria-labelledby="voters-title">
          <div class="head"><h2 id="voters-title">Voters</h2></div>
          <div class="body"><ul class="voters">${this.view.voters.map((id) => this.renderVoter(id))}</ul>
            <p class="hint">As of slot ${figure(this.view.slot)}; who led then is not kept.</p></div>
        </section>`;
    }
    const { held, canLose } = this.quorum;
    return html`
      <section class="card" aria-labelledby="voters-title">
        <div class="head">
          <h2 id="voters-title">Voters</h2>
          <span class="chip ${held ? 'ok' : 'bad'}">${held ? 'quorum kept' : 'no quorum'}</span>
        </div>
        <div class="body">
          <ul class="voters">${this.view.voters.map((id) => this.renderVoter(id))}</ul>
          <p class="hint">${this.leaderSentence()}</p>
          ${held && canLose === 0 && this.quorum.voters > 0
            ? html`<p class="hint">No further voter may fail${this.quorum.voters < 3 ? '; start members until there are three' : ''}.</p>`
            : nothing}
        </div>
      </section>
    `;
  }

  renderVoter(id) {
    const member = this.view.members.find((candidate) => candidate.id === id);
    if (!member) {
      return html`<li class="down" title="gone, not replaced yet">${icon('leave')}<span class="sr">a voter that is gone</span></li>`;
    }
    const up = member.state !== 'suspended';
    const leads = member.leader;
    return html`
      <li class="${up ? 'up' : 'down'} ${leads ? 'leads' : ''}" title="${member.name}${up ? '' : ', suspended'}${leads ? ', leads' : ''}">
        <span aria-hidden="true">${this.look.labels.get(id)}</span>
        <span class="sr">${member.name}, ${up ? 'answers' : 'suspended'}${leads ? ', leads' : ''}</span>
      </li>`;
  }

  leaderSentence() {
    const { leader } = this.view;
    if (!leader) {
      return 'No leader is known to this member.';
    }
    return `${leader.name || 'A voter that is gone'} leads${leader.ballot ? `, ballot ${leader.ballot}` : ''}. ${this.quorum.sentence}.`;
  }
}

customElements.define('henge-voters', VotersPanel);
