// @ts-check
/** May I do this? Members that are imagined to stop, and what would follow; nothing is done. */
import { html, nothing } from 'lit';
import { ConsoleProblem } from '../data/api.js';
import { figure, plural } from '../format.js';
import { consequences } from '../panels/consequences.js';
import { dot, icon } from '../shell/marks.js';
import { Page } from './page.js';

export class WhatIfPage extends Page {
  static properties = { outlook: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.outlook = null;
    this.problem = '';
    this.asked = '';
  }

  chosen() {
    const known = new Set(this.context.live.view.members.map((member) => member.id));
    return this.context.route.stop.split(',').filter((id) => known.has(id));
  }

  render() {
    const { live, route, look } = this.context;
    const chosen = this.chosen();
    const zones = [...new Set(live.view.members.map((member) => member.zone).filter(Boolean))].sort();
    return html`
      ${this.renderTitle('What if', `Nothing is done. Based on slot ${figure(this.outlook?.slot ?? live.view.slot)}, by the rules that the cluster itself follows.`)}
      <div class="halves">
        <section class="card" aria-labelledby="stop-title">
          <div class="head"><h2 id="stop-title">These members stop</h2>
            <span class="switch" role="group" aria-label="How">${[['crash', 'Crash'], ['drain', 'Drain']].map(([how, words]) => html`<button aria-pressed=${route.how === how} @click=${() => this.context.go({ how })}>${words}</button>`)}</span></div>
          <div class="body">
            <ul class="choices">${live.view.members.map((member) => html`
              <li><label class="inline"><input type="checkbox" .checked=${chosen.includes(member.id)} @change=${() => this.toggle([member.id])}>${dot(look.colours.get(member.id) ?? 'var(--m-other)')}${member.name}
                <span class="hint">${member.zone}${member.voter ? ', votes' : ''}${member.state === 'active' ? '' : `, ${member.state}`}</span></label></li>`)}</ul>
            ${zones.length > 1 ? html`<p class="row">Whole zones: ${zones.map((zone) => html`<button class="button small" @click=${() => this.toggle(live.view.members.filter((member) => member.zone === zone).map((member) => member.id))}>${zone}</button>`)}</p>` : nothing}
          </div>
        </section>
        <section class="card" aria-labelledby="outlook-title">
          <div class="head"><h2 id="outlook-title">${chosen.length ? `${plural(chosen.length, 'member', 'members')} ${route.how === 'drain' ? 'drained' : 'crashed at once'}` : 'What would happen'}</h2>
            ${chosen.length === 1 ? html`<a class="button small" href=${this.link('ring', { member: chosen[0] })}>Show on ring</a>` : nothing}</div>
          <div class="body" role="status">${this.problem
            ? html`<p class="banner bad">${icon('bad')}${this.problem}</p>`
            : this.outlook && chosen.length ? consequences(this.outlook, look) : html`<p class="hint">Choose members on the left.</p>`}</div>
        </section>
      </div>`;
  }

  toggle(ids) {
    const chosen = new Set(this.chosen());
    const all = ids.every((id) => chosen.has(id));
    ids.forEach((id) => (all ? chosen.delete(id) : chosen.add(id)));
    this.context.go({ stop: [...chosen].join(',') });
  }

  /** Asks again whenever the choice or the cluster is another. */
  updated() {
    super.updated();
    const chosen = this.chosen();
    const question = JSON.stringify([chosen, this.context.route.how, this.context.live.view.slot]);
    if (question !== this.asked) {
      this.asked = question;
      if (chosen.length) {
        this.ask(chosen, this.context.route.how, question);
      } else {
        this.outlook = null;
        this.problem = '';
      }
    }
  }

  async ask(stop, how, question) {
    try {
      const outlook = await this.context.api.post('whatif', { stop, how });
      if (question === this.asked) {
        this.outlook = outlook;
        this.problem = '';
      }
    } catch (problem) {
      if (!(problem instanceof ConsoleProblem)) {
        throw problem;
      }
      this.problem = problem.message;
    }
  }
}

customElements.define('henge-whatif-page', WhatIfPage);
