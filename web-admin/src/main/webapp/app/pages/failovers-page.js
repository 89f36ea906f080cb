// @ts-check
/** What happened, and how long did it hurt? The list of failovers, or one of them in full. */
import { html, nothing } from 'lit';
import { ConsoleProblem } from '../data/api.js';
import { pausesOf } from '../data/history.js';
import { clock, day, duration, figure, plural } from '../format.js';
import { callersOf, pauseOf, titleOf } from '../data/failover.js';
import '../panels/failover-lanes.js';
import '../panels/log-table.js';
import '../panels/phase-bar.js';
import { icon } from '../shell/marks.js';
import { Page } from './page.js';

export class FailoversPage extends Page {
  static properties = { detail: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.detail = null;
    this.problem = '';
    this.readOf = '';
  }

  render() {
    return this.context.route.id ? this.renderOne() : this.renderList();
  }

  renderList() {
    const { failovers, cluster } = this.context.live;
    const pauses = pausesOf(failovers);
    return html`
      ${this.renderTitle('Failovers', `${plural(failovers.length, 'failover', 'failovers')} seen by ${cluster.node.name} since it started`)}
      ${failovers.length === 0
        ? html`<section class="card blank">${icon('ok')}<h2>No failover so far</h2>
            <p>This member has seen none since it started; it tells only what it saw itself. Kill a member’s process to see one, phase by phase.</p></section>`
        : html`
          <section class="card"><div class="wide" tabindex="0" role="region" aria-label="Failovers"><table class="grid list">
            <thead><tr><th scope="col">Slot</th><th scope="col">What</th><th scope="col">When</th><th scope="col" class="number">Pause</th><th scope="col" class="number">Primaries</th><th scope="col" class="number">Copies</th><th scope="col">Lost</th><th scope="col">State</th></tr></thead>
            <tbody>${failovers.map((failover) => this.renderRow(failover, Math.max(...pauses, 1)))}</tbody>
          </table></div></section>`}`;
  }

  renderRow(failover, longest) {
    const pause = pauseOf(failover);
    return html`
      <tr>
        <th scope="row"><a class="mono" href=${this.link('failovers', { id: String(failover.id), slot: null })}>${figure(failover.id)}</a></th>
        <td>${titleOf(failover)}</td>
        <td><time datetime=${failover.at}>${day(failover.at)}</time></td>
        <td class="number">${pause === null ? 'goes on' : duration(pause)}
          <svg class="spark-bar" aria-hidden="true"><rect width="${pause === null ? 0 : (100 * pause) / longest}%" height="4" rx="2"/></svg></td>
        <td class="number">${figure(failover.impact.partitions)}</td>
        <td class="number">${figure(failover.impact.copies)}</td>
        <td>${failover.impact.lost ? html`<span class="chip bad">${plural(failover.impact.lost, 'partition', 'partitions')}</span>` : 'nothing'}</td>
        <td>${failover.over ? html`<span class="chip ok">over</span>` : html`<span class="chip warn">goes on</span>`}</td>
      </tr>`;
  }

  renderOne() {
    const { route, live } = this.context;
    const id = Number(route.id);
    const known = live.failovers.find((failover) => failover.id === id);
    const detail = this.detail?.failover.id === id ? this.detail : null;
    const failover = known ?? detail?.failover;
    if (!failover) {
      return html`${this.renderTitle('Failover', '')}
        <section class="card blank">${icon(this.problem ? 'warn' : 'clock')}<h2>${this.problem || 'Reading the failover'}</h2><p><a href=${this.link('failovers')}>All failovers</a></p></section>`;
    }
    return html`
      ${this.renderTitle(
        titleOf(failover),
        html`slot <span class="mono">${figure(failover.id)}</span>, <time datetime=${failover.at}>${day(failover.at)}</time> on the clock of ${failover.clock}`,
        this.renderTools(failover),
      )}
      <section class="card failover one" data-failover=${failover.id}>
        <p class="lead">${this.sentence(failover, detail)}</p>
        <p class="impact">${this.renderImpact(failover, detail)}</p>
        <henge-phases .failover=${failover}></henge-phases>
      </section>
      <div class="halves">
        <section class="card" aria-labelledby="lanes-title">
          <div class="head"><h2 id="lanes-title">Partitions that moved</h2><span class="hint">${detail ? plural(detail.lanes.length, 'lane', 'lanes') : ''}</span></div>
          ${detail ? html`<henge-lanes .detail=${detail} .href=${(number) => this.partitionLink(number)}></henge-lanes>` : nothing}
        </section>
        <div class="stack">
          ${this.renderNotes(failover)}
          <section class="card" aria-labelledby="excerpt-title">
            <div class="head"><h2 id="excerpt-title">Log</h2><a class="button small" href=${this.link('log', { slot: null })}>Whole log</a></div>
            ${detail ? html`<henge-log-table .events=${detail.log} .href=${(slot) => this.link('ring', { slot })}></henge-log-table>` : nothing}
          </section>
        </div>
      </div>`;
  }

  renderTools(failover) {
    const { failovers } = this.context.live;
    const older = failovers[failovers.indexOf(failover) + 1];
    return html`<span class="row">
      ${older ? html`<a class="button" href=${this.link('failovers', { id: String(older.id) })}>Previous failover</a>` : nothing}
      <a class="button" href=${this.link('ring', { slot: failover.id })}>Ring at slot ${figure(failover.id)}</a>
      <a class="button" href=${this.context.api.url(`failovers/${failover.id}/report`)} download="failover-${failover.id}.html">${icon('save')}&nbsp;Export HTML</a></span>`;
  }

  sentence(failover, detail) {
    const pause = pauseOf(failover);
    const lost = failover.impact.lost
      ? html`<b class="lost">${plural(failover.impact.lost, 'partition', 'partitions')} lost their last in-sync copy.</b>`
      : html`<b>No acknowledged synchronous write was lost.</b>`;
    const of = detail ? plural(detail.failover.impact.partitions, 'partition', 'partitions') : 'its partitions';
    return html`${lost} ${pause === null ? `New primaries are being made for ${of}.` : `Writes paused at most ${duration(pause)} on ${of}.`} ${detail ? html`<span class="hint">${detail.proof}.</span>` : nothing}`;
  }

  renderImpact(failover, detail) {
    const heard = failover.lastHeardMs;
    return html`
      <span class="chip ${failover.impact.lost ? 'bad' : 'ok'}">sync: ${failover.impact.lost ? `${failover.impact.lost} partitions lost` : '0 lost'}</span>
      ${detail ? html`<span class="chip ${detail.possiblyLost ? 'warn' : ''}">async: at most ${figure(detail.possiblyLost)} lost since the founding</span>` : nothing}
      ${failover.impact.callers ? html`<span class="chip ${failover.impact.callers.notDone + failover.impact.callers.unknown ? 'warn' : ''}" data-callers>${callersOf(failover)}</span>` : nothing}
      <span class="chip">${failover.proven ? 'death proven: no lease to wait for' : 'death not proven: its lease was waited out'}</span>
      ${heard === undefined || heard === null ? nothing : html`<span class="chip">last heard ${duration(heard)} before the suspicion</span>`}`;
  }

  renderNotes(failover) {
    const notes = this.context.live.events.filter((event) => event.slot === undefined && event.memberId === failover.memberId);
    return html`
      <section class="card" aria-labelledby="notes-title">
        <div class="head"><h2 id="notes-title">What the members noted</h2></div>
        <ul class="notes">
          <li>${failover.evidence}</li>
          ${notes.map((event) => html`<li><span class="hint">${clock(event.time)}</span> ${event.text}</li>`)}
        </ul>
      </section>`;
  }

  partitionLink(number) {
    const per = this.context.state.view.partitionsPerGroup;
    const { id } = this.context.route;
    return this.link('ring', { slot: Number(id), group: Math.floor(number / per), partition: number % per });
  }

  updated() {
    super.updated();
    const { route, live } = this.context;
    const failover = live.failovers.find((candidate) => String(candidate.id) === route.id);
    const wanted = route.id && `${route.id} ${failover?.over}`;
    if (wanted && wanted !== this.readOf) {
      this.readOf = wanted;
      this.read(route.id);
    }
  }

  async read(id) {
    try {
      this.detail = await this.context.api.get(`failovers/${encodeURIComponent(id)}`);
      this.problem = '';
    } catch (problem) {
      if (!(problem instanceof ConsoleProblem)) {
        throw problem;
      }
      this.problem = problem.message;
    }
  }
}

customElements.define('henge-failovers-page', FailoversPage);
