// @ts-check
/** Who is here, who is slow? All members, or one of them in full. */
import { html, nothing } from 'lit';
import { LEARNER, NONE } from '../data/partitions.js';
import { clock, figure, plural } from '../format.js';
import { memberActions, rebalancingActions } from '../panels/actions.js';
import { titleOf } from '../data/failover.js';
import '../panels/events-panel.js';
import '../panels/voters-panel.js';
import { fallenStone, icon, stone } from '../shell/marks.js';
import { Page } from './page.js';

const STATE_TONES = { active: 'ok', joining: 'warn', draining: 'warn', suspended: 'bad' };
const SHOWN = 400;

export class MembersPage extends Page {
  render() {
    return this.context.route.id ? this.renderOne() : this.renderAll();
  }

  renderAll() {
    const { state, live, route, look, gone } = this.context;
    const { members } = state.view;
    const zones = new Set(members.map((member) => member.zone).filter(Boolean));
    return html`
      ${this.renderTitle('Members', `${plural(members.length, 'member', 'members')}${zones.size ? ` in ${plural(zones.size, 'zone', 'zones')}` : ''}`)}
      <section class="card"><div class="wide" tabindex="0" role="region" aria-label="Members"><table class="grid list">
        <thead><tr><th scope="col">Member</th><th scope="col">State</th><th scope="col">Address</th><th scope="col">Zone</th><th scope="col">Role</th><th scope="col">Votes</th><th scope="col" class="number">Weight</th><th scope="col" class="number">Primaries</th><th scope="col" class="number">Backups</th><th scope="col" class="number">Catching up</th></tr></thead>
        <tbody>
          ${members.map((member) => this.renderRow(member))}
          ${gone.map((member) => html`<tr class="gone"><th scope="row"><span class="who">${fallenStone(look.labels.get(member.id) ?? '–')}<s>${member.name}</s></span></th><td colspan="9">left at ${clock(member.at)}</td></tr>`)}
        </tbody>
      </table></div></section>
      <p class="row">${rebalancingActions(this.context)}</p>
      <div class="halves"><henge-voters .view=${state.view} .quorum=${route.slot === null ? live.cluster.quorum : null} .look=${look}></henge-voters></div>`;
  }

  renderRow(member) {
    const { look } = this.context;
    return html`
      <tr>
        <th scope="row"><a class="who" href=${this.link('members', { id: member.id })}>${stone(look.labels.get(member.id), look.colours.get(member.id))}${member.name}</a>${member.self ? html` <small class="hint">here</small>` : nothing}</th>
        <td><span class="chip ${STATE_TONES[member.state] ?? ''}">${member.state}</span></td>
        <td class="mono">${member.address}</td><td>${member.zone || '–'}</td><td>${member.role}</td>
        <td>${member.leader ? html`${icon('crown', 'leads the voters')} leads` : member.voter ? 'votes' : '–'}</td>
        <td class="number">${member.weight}</td><td class="number">${figure(member.primaries)}</td><td class="number">${figure(member.backups)}</td><td class="number">${figure(member.learners)}</td>
      </tr>`;
  }

  renderOne() {
    const { state, route, look, live } = this.context;
    const member = state.view.members.find((candidate) => candidate.id === route.id || candidate.name === route.id);
    if (!member) {
      return html`${this.renderTitle('Member', '')}<section class="card blank">${icon('warn')}<h2>No such member in this view</h2>
        <p>It may have left. <a href=${this.link('members')}>All members</a></p></section>`;
    }
    const held = this.held(member);
    const events = live.events.filter((event) => event.memberId === member.id);
    const failovers = live.failovers.filter((failover) => failover.memberId === member.id || failover.member === member.name);
    return html`
      ${this.renderTitle(
        html`<span class="who">${stone(look.labels.get(member.id), look.colours.get(member.id))}${member.name}</span>`,
        html`<span class="chip ${STATE_TONES[member.state] ?? ''}">${member.state}</span> ${member.role === 'data' ? `leads ${plural(member.primaries, 'partition', 'partitions')}, backs up ${figure(member.backups)}` : `${member.role}: holds no partitions`}`,
        html`<span class="row"><a class="button" href=${this.link('ring', { member: member.id })}>Show on ring</a>
          <a class="button" href=${this.link('whatif', { stop: member.id })}>What if it stops?</a>
          ${memberActions(member, this.context)}</span>`,
      )}
      <div class="halves">
        <div class="stack">
          <section class="card" aria-labelledby="facts-title"><div class="head"><h2 id="facts-title">Facts</h2></div><div class="body">
            <dl class="facts plain">
              <dt>Id</dt><dd class="mono">${member.id}</dd><dt>Address</dt><dd class="mono">${member.address}</dd>
              <dt>Zone</dt><dd>${member.zone || 'none'}</dd><dt>Role</dt><dd>${member.role}</dd>
              <dt>Votes</dt><dd>${member.leader ? 'leads' : member.voter ? 'yes' : 'no'}</dd><dt>Weight</dt><dd>${member.weight}</dd>
              <dt>As of slot</dt><dd class="mono">${figure(state.view.slot)}</dd>
            </dl></div></section>
          ${failovers.length ? html`<section class="card" aria-labelledby="its-failovers"><div class="head"><h2 id="its-failovers">Its failovers</h2></div><ul class="notes">${failovers.map((failover) => html`<li><a href=${this.link('failovers', { id: String(failover.id), slot: null })}>slot ${figure(failover.id)}</a> ${titleOf(failover)}</li>`)}</ul></section>` : nothing}
          <henge-events .events=${events}></henge-events>
        </div>
        <section class="card" aria-labelledby="held-title">
          <div class="head"><h2 id="held-title">Its partitions</h2><span class="hint">${figure(held.length)}</span></div>
          <div class="wide tall" tabindex="0" role="region" aria-label="Its partitions"><table class="grid list">
            <thead><tr><th scope="col">Partition</th><th scope="col">Copy</th><th scope="col">State</th><th scope="col" class="number">Epoch</th></tr></thead>
            <tbody>${held.slice(0, SHOWN).map((row) => html`<tr><th scope="row"><a class="mono" href=${this.partitionLink(row.number)}>p${row.number}</a></th><td>${row.role}</td>
              <td>${row.learner ? html`<span class="chip warn">catching up</span>` : html`<span class="chip ok">in sync</span>`}</td><td class="number mono">${figure(row.epoch)}</td></tr>`)}</tbody>
          </table>${held.length > SHOWN ? html`<p class="empty">and ${figure(held.length - SHOWN)} more: see the ring’s table</p>` : nothing}</div>
        </section>
      </div>`;
  }

  held(member) {
    const position = this.context.state.view.members.indexOf(member);
    return this.context.state.view.parts.flatMap((part, number) => {
      const place = part.replicas.findIndex((replica) => replica.member === position && replica.state !== NONE);
      const learner = place >= 0 && part.replicas[place].state === LEARNER;
      return place < 0 ? [] : [{ number, learner, role: place === 0 && !learner ? 'primary' : 'backup', epoch: part.epoch }];
    });
  }

  partitionLink(number) {
    const per = this.context.state.view.partitionsPerGroup;
    return this.link('ring', { group: Math.floor(number / per), partition: number % per });
  }
}

customElements.define('henge-members-page', MembersPage);
