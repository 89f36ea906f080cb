// @ts-check
/** Who is here, who holds how much, and who left a while ago. Fires `member` with an id or null. */
import { LitElement, html, nothing, svg } from 'lit';
import { clock, figure, plural } from '../format.js';
import { fallenStone, icon, stone } from '../shell/marks.js';

const STATE_WORDS = { joining: 'joining', suspended: 'suspended', draining: 'draining' };

export class MembersPanel extends LitElement {
  static properties = {
    members: { attribute: false },
    gone: { attribute: false },
    look: { attribute: false },
    highlight: { type: String },
  };

  createRenderRoot() {
    return this;
  }

  render() {
    const most = Math.max(1, ...this.members.map((m) => m.primaries + m.backups + m.learners));
    return html`
      <section class="card" aria-labelledby="members-title">
        <div class="head">
          <h2 id="members-title">Members</h2>
          <span class="hint">primary, backup</span>
        </div>
        <ul class="members">
          ${this.members.map((member) => this.renderMember(member, most))}
          ${this.gone.map((member) => this.renderGone(member))}
        </ul>
      </section>
    `;
  }

  renderMember(member, most) {
    const colour = this.look.colours.get(member.id);
    const chosen = this.highlight === member.id;
    const trouble = STATE_WORDS[member.state];
    return html`
      <li class="member ${member.state}">
        <button aria-pressed=${chosen} title=${about(member)} @click=${() => this.toggle(member.id)}>
          ${stone(this.look.labels.get(member.id), colour)}
          <span class="name">
            ${member.name} ${member.leader ? icon('crown', 'leads the voters') : member.voter ? icon('vote', 'voter') : nothing}
            ${member.self ? html`<small>here</small>` : nothing}
          </span>
          <span class="figures">
            <span class="sr">${plural(member.primaries, 'primary', 'primaries')}, ${plural(member.backups, 'backup', 'backups')}</span>
            <span aria-hidden="true">${figure(member.primaries)}, ${figure(member.backups)}</span>
          </span>
          ${member.role !== 'data'
            ? html`<span class="note">${member.role}, holds no partitions</span>`
            : trouble
              ? html`<span class="note"><span class="chip ${member.state === 'suspended' ? 'bad' : 'warn'}">${trouble}</span>
                  ${member.learners ? ` ${figure(member.learners)} catching up` : nothing}</span>`
              : bar(member, colour, most)}
        </button>
      </li>
    `;
  }

  renderGone(member) {
    return html`
      <li class="member gone">
        <div class="row">
          ${fallenStone(this.look.labels.get(member.id) ?? '–')}
          <span class="name"><s>${member.name}</s></span>
          <span class="figures">left ${clock(member.at)}</span>
          <span class="note">${member.zone ? `zone ${member.zone}` : 'is no member any more'}</span>
        </div>
      </li>
    `;
  }

  toggle(id) {
    const detail = this.highlight === id ? null : id;
    this.dispatchEvent(new CustomEvent('member', { detail, bubbles: true }));
  }
}

function about(member) {
  const zone = member.zone ? `, zone ${member.zone}` : '';
  const learners = member.learners ? `, ${member.learners} catching up` : '';
  return `${member.address}${zone}: ${member.primaries} primaries, ${member.backups} backups${learners}`;
}

/** Primaries, backups and copies being built, as shares of the fullest member. */
function bar(member, colour, most) {
  const widths = [member.primaries, member.backups, member.learners].map((n) => (100 * n) / most);
  const opacities = [1, 0.45, 0.2];
  let x = 0;
  const parts = widths.map((width, i) => {
    const part = svg`<rect x="${x}%" y="0" width="${width}%" height="5" fill=${colour} opacity=${opacities[i]}/>`;
    x += width;
    return part;
  });
  return html`<svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="5"/>${parts}</svg>`;
}

customElements.define('henge-members', MembersPanel);
