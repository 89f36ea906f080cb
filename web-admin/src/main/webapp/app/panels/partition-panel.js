// @ts-check
/** The chosen partition: its copies, by name and state. */
import { LitElement, html, nothing } from 'lit';
import { ConsoleProblem } from '../data/api.js';
import { IN_SYNC, LEARNER, NONE, safetyOf } from '../data/partitions.js';
import { figure } from '../format.js';
import { dot } from '../shell/marks.js';
import { primaryAction } from './actions.js';

const PAUSE_MILLIS = 200;

export class PartitionPanel extends LitElement {
  static properties = {
    view: { attribute: false },
    number: { type: Number },
    wanted: { type: Number },
    group: { type: Number },
    look: { attribute: false },
    promoted: { type: Boolean },
    context: { attribute: false },
    /** gives the address of this page at a slot */
    href: { attribute: false },
    history: { state: true },
  };

  constructor() {
    super();
    this.history = null;
    this.readOf = '';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const part = this.view.parts[this.number];
    const inSync = part.replicas.filter((replica) => replica.state === IN_SYNC).length;
    const safety = safetyOf(part, this.wanted, this.view.members);
    const tone = safety === 'in-sync' ? 'ok' : safety === 'catching-up' || safety === 'waiting' ? 'warn' : 'bad';
    return html`
      <section class="card" aria-labelledby="partition-title">
        <div class="head">
          <h2 id="partition-title">Partition ${this.number}</h2>
          <span class="chip ${tone}">${safety === 'unavailable' ? 'unavailable' : `${inSync} of ${this.wanted} in sync`}</span>
        </div>
        <div class="body">
          <table class="replicas">
            <caption class="sr">Copies of partition ${this.number}</caption>
            <tbody>${part.replicas.map((replica, i) => this.renderReplica(replica, i))}</tbody>
          </table>
          <dl class="facts">
            <dt>Epoch</dt><dd class="mono">${figure(part.epoch)}</dd>
            <dt>As of slot</dt><dd class="mono">${figure(this.view.slot)}</dd>
            ${this.view.copies.length > 1 ? html`<dt>Group</dt><dd>${this.group}</dd>` : ''}
            ${this.promoted ? html`<dt>Primary</dt><dd>just promoted</dd>` : ''}
          </dl>
          ${this.history?.number === this.number ? this.renderHistory(this.history.changes) : nothing}
        </div>
      </section>
    `;
  }

  renderHistory(changes) {
    return html`
      <details class="history">
        <summary>History: ${changes.length ? html`changed last in slot ${figure(changes[0].slot)}` : 'no change is kept'}</summary>
        <ol>${changes.map((change) => html`<li><a class="mono" href=${this.href(change.slot)}>${figure(change.slot)}</a> ${change.text}</li>`)}</ol>
      </details>`;
  }

  /** Reads the history of a partition that stays chosen for a moment; keys may run over many. */
  updated() {
    const wanted = `${this.number}@${this.view.parts[this.number].epoch}`;
    if (wanted !== this.readOf) {
      this.readOf = wanted;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.readHistory(this.number), PAUSE_MILLIS);
    }
  }

  async readHistory(number) {
    try {
      this.history = { number, changes: await this.context.api.get(`partitions/${number}/history`) };
    } catch (problem) {
      if (!(problem instanceof ConsoleProblem)) {
        throw problem;
      }
      this.history = null;
    }
  }

  renderReplica(replica, i) {
    if (replica.state === NONE) {
      return html`<tr><th scope="row" class="hint">no copy yet</th><td><span class="chip bad">waiting</span></td><td></td></tr>`;
    }
    const member = this.view.members[replica.member];
    const learner = replica.state === LEARNER;
    const primary = this.view.members[this.view.parts[this.number].replicas[0].member];
    const mayLead = i > 0 && primary && replica.state === IN_SYNC && member.state === 'active';
    return html`
      <tr>
        <th scope="row" title=${member.name}>${dot(this.look.colours.get(member.id))}${member.name}<span class="hint role">${i === 0 && !learner ? 'primary' : 'backup'}</span></th>
        <td>${member.state === 'suspended'
          ? html`<span class="chip bad">suspended</span>`
          : learner
            ? html`<span class="chip warn">catching up</span>`
            : html`<span class="chip ok">in sync</span>`}</td>
        <td>${mayLead ? primaryAction(this.number, member, primary, this.context) : nothing}</td>
      </tr>`;
  }
}

customElements.define('henge-partition', PartitionPanel);
