// @ts-check
/** Is everything all right? The answer, five tiles, what needs a look, the last events. */
import { html, nothing } from 'lit';
import { countSafety, spread } from '../data/partitions.js';
import { failoversSince, pausesOf } from '../data/history.js';
import { clock, duration, figure, plural, share } from '../format.js';
import { titleOf } from '../data/failover.js';
import '../panels/events-panel.js';
import '../ring/small-ring.js';
import { sceneOf } from '../ring/scene.js';
import { icon } from '../shell/marks.js';
import { Page } from './page.js';

const DAY_MILLIS = 86_400_000;
const NEWEST = 10;

export class OverviewPage extends Page {
  render() {
    const { state } = this.context;
    return html`
      ${this.renderTitle('Overview', `${plural(state.view.members.length, 'member', 'members')}, ${plural(state.caches.length, 'cache', 'caches')}, ${plural(state.view.parts.length, 'partition', 'partitions')}`)}
      <div class="tiles">${this.safetyTile()}${this.quorumTile()}${this.failoverTile()}${this.loadTile()}${this.hitTile()}</div>
      <div class="halves">
        ${this.renderRing()}
        <div class="stack">
          ${this.renderHotList()}
          <henge-events .events=${state.events.slice(-NEWEST)}></henge-events>
        </div>
      </div>`;
  }

  tile(title, figures, rest, href) {
    return html`<a class="card tile" href=${href}><h2>${title}</h2><p class="big">${figures}</p><p class="hint">${rest}</p></a>`;
  }

  safetyTile() {
    const { view } = this.context.state;
    const counts = safety(view);
    const ring = this.link('ring', { form: counts['in-sync'] === view.parts.length ? 'ring' : 'table' });
    const worst = counts.unavailable
      ? html`<span class="bad chip">${figure(counts.unavailable)} unavailable</span>`
      : counts['one-copy']
        ? html`<span class="bad chip">${figure(counts['one-copy'])} with one copy left</span>`
        : html`0 with one copy`;
    return this.tile('Safety', html`${figure(counts['in-sync'])} <small>in sync</small>`, html`${figure(counts['catching-up'] + counts.waiting)} catching up, ${worst}`, ring);
  }

  quorumTile() {
    const { live, route, state } = this.context;
    const { quorum, leader } = live.cluster;
    if (route.slot !== null) {
      return this.tile('Quorum', html`${figure(state.view.voters.length)} <small>voters</small>`, 'who answered then is not kept', this.link('members'));
    }
    if (!quorum.held) {
      // The view tells who answered when it was decided, which is not who answers now.
      return this.tile('Quorum', html`${figure(quorum.majority)} of ${quorum.voters} <small>needed</small>`, html`<span class="bad chip">no quorum here</span>`, this.link('members'));
    }
    return this.tile('Quorum', html`${quorum.up} of ${quorum.voters} <small>up</small>`, html`can lose ${quorum.canLose}${leader?.name ? html`, leader ${leader.name}` : nothing}`, this.link('members'));
  }

  failoverTile() {
    const recent = failoversSince(this.context.live.failovers, Date.now() - DAY_MILLIS);
    const pauses = pausesOf(recent);
    return this.tile('Failovers', html`${figure(recent.length)} <small>in 24 h</small>`, pauses.length ? `longest pause ${duration(Math.max(...pauses))}` : recent.length ? 'going on' : 'seen by this member', this.link('failovers'));
  }

  loadTile() {
    const rates = [...this.context.live.rates.values()].map((rate) => rate.perSecond).filter((rate) => rate !== undefined);
    return rates.length
      ? this.tile('Load', html`${figure(Math.round(rates.reduce((a, b) => a + b, 0)))} <small>operations/s</small>`, 'on this member', this.link('caches'))
      : this.tile('Entries', figure(this.context.live.caches.reduce((sum, cache) => sum + cache.localEntries, 0)), 'in this member’s in-sync copies', this.link('caches'));
  }

  hitTile() {
    const { caches } = this.context.live;
    const hits = caches.reduce((sum, cache) => sum + (cache.hits ?? 0), 0);
    const gets = hits + caches.reduce((sum, cache) => sum + (cache.misses ?? 0), 0);
    return gets
      ? this.tile('Hit ratio', share(hits / gets), `${figure(gets)} reads on this member`, this.link('caches'))
      : this.tile('Caches', figure(caches.length), caches.some((cache) => cache.mode === 'async') ? 'some of them asynchronous' : 'all synchronous', this.link('caches'));
  }

  renderRing() {
    const { state, route, look } = this.context;
    if (!state.view.parts.length) {
      return html`<section class="card blank"><h2>No cache yet</h2><p>The ring appears when an application creates the first cache.</p></section>`;
    }
    const scene = sceneOf(state.view, route, state.promoted, look);
    return html`
      <section class="card" aria-labelledby="small-ring-title">
        <div class="head"><h2 id="small-ring-title">Ring</h2><a class="button small" href=${this.link('ring')}>Open</a></div>
        <henge-small-ring .scene=${scene}></henge-small-ring>
        <p class="hint centred">load within ±${spread(scene.parts, state.view.members)} % of even</p>
      </section>`;
  }

  /** What an operator would look at next: checks that fail, a failover that goes on, members in trouble. */
  renderHotList() {
    const { live, state } = this.context;
    const items = [
      ...live.failovers.filter((failover) => !failover.over).map((failover) => ({ text: `${titleOf(failover)} at ${clock(failover.at)}; the failover goes on`, href: this.link('failovers', { id: String(failover.id) }), tone: 'warn' })),
      ...live.checks.filter((check) => check.state === 'failing').map((check) => ({ text: check.finding, href: this.link('checks'), tone: check.severity === 'error' ? 'bad' : 'warn' })),
      ...state.view.members.filter((member) => member.state === 'draining').map((member) => ({ text: `${member.name} is draining`, href: this.link('members', { id: member.id }), tone: 'warn' })),
    ];
    return html`
      <section class="card" aria-labelledby="hot-title">
        <div class="head"><h2 id="hot-title">Needs a look</h2></div>
        ${items.length
          ? html`<ul class="hot">${items.map((item) => html`<li><span class="${item.tone} sign">${icon(item.tone === 'bad' ? 'bad' : 'warn')}</span><span>${item.text}</span><a class="button small" href=${item.href}>Open</a></li>`)}</ul>`
          : html`<p class="empty">Nothing. ${live.checks.length ? `All ${live.checks.length} health checks pass.` : ''}</p>`}
      </section>`;
  }
}

/** Counts over all groups, each by its own wanted copies. */
function safety(view) {
  const sum = { 'in-sync': 0, 'catching-up': 0, waiting: 0, 'one-copy': 0, unavailable: 0 };
  view.copies.forEach((wanted, group) => {
    const parts = view.parts.slice(group * view.partitionsPerGroup, (group + 1) * view.partitionsPerGroup);
    for (const [name, count] of Object.entries(countSafety(parts, wanted, view.members))) {
      sum[name] += count;
    }
  });
  return sum;
}

customElements.define('henge-overview-page', OverviewPage);
