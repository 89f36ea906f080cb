// @ts-check
/** Is this cache any good? All caches with their load, or one of them in full. */
import { html, nothing, svg } from 'lit';
import { hitRatio } from '../data/rates.js';
import { NONE, primaryOf } from '../data/partitions.js';
import { bytes, duration, figure, plural, share } from '../format.js';
import { cacheActions } from '../panels/actions.js';
import { cachedMethods } from '../panels/cached-methods.js';
import '../panels/member-statistics.js';
import { sparkline } from '../panels/sparkline.js';
import { dot, icon } from '../shell/marks.js';
import { Page } from './page.js';

/** Each reading costs the server some milliseconds, for each page that is open. */
const POLL_MILLIS = 5000;
const PAGE = 100;
const COLUMNS = [
  ['name', 'Cache'], ['mode', 'Mode'], ['copies', 'Copies'], ['localEntries', 'Entries here'], ['rate', 'Operations/s'], ['ratio', 'Hit ratio'], ['evictions', 'Evictions'],
];

export class CachesPage extends Page {
  static properties = { sort: { state: true }, falling: { state: true }, words: { state: true }, from: { state: true }, statistics: { state: true }, methods: { state: true } };

  constructor() {
    super();
    this.sort = 'name';
    this.falling = false;
    this.words = '';
    this.from = 0;
    /** what the members' operations on the open cache came to; null if nothing is known yet */
    this.statistics = null;
    /** what came of annotated methods that name the open cache */
    this.methods = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.readAgain(), POLL_MILLIS);
  }

  /** All caches, or what there is to tell of the one that is open. */
  async readAgain() {
    const { route, readCache, refreshCaches } = this.context;
    if (document.visibilityState !== 'visible') {
      return;
    }
    if (!route.id) {
      refreshCaches();
      return;
    }
    // What could not be read is not shown: the page's banner tells what is wrong.
    const figures = await readCache(route.id);
    this.statistics = figures?.statistics ?? null;
    this.methods = figures?.methods ?? [];
  }

  updated() {
    super.updated();
    const { id } = this.context.route;
    if (id !== this.readOf) {
      this.readOf = id;
      if (id) {
        this.readAgain();
      }
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  render() {
    return this.context.route.id ? this.renderOne() : this.renderAll();
  }

  rows() {
    const { caches, rates } = this.context.live;
    const words = this.words.trim().toLowerCase();
    const rows = caches
      .filter((cache) => !words || cache.name.toLowerCase().includes(words))
      .map((cache) => ({ ...cache, series: rates.get(cache.name)?.series ?? [], rate: rates.get(cache.name)?.perSecond ?? null, ratio: hitRatio(cache) }));
    const value = (row) => row[this.sort] ?? -1;
    const direction = this.falling ? -1 : 1;
    return rows.sort((a, b) => direction * (typeof value(a) === 'string' ? value(a).localeCompare(value(b)) : value(a) - value(b)) || a.name.localeCompare(b.name));
  }

  renderAll() {
    const { live } = this.context;
    const rows = this.rows();
    const counted = live.caches.some((cache) => cache.hits !== undefined);
    return html`
      ${this.renderTitle('Caches', `${plural(live.caches.length, 'cache', 'caches')}; entries and load are those of this server`,
        html`<input type="search" class="field" aria-label="Name" placeholder="Name" @input=${(event) => this.search(event.target.value)}>`)}
      ${live.caches.length === 0
        ? html`<section class="card blank">${icon('cache')}<h2>No cache yet</h2><p>Caches appear when an application creates the first one.</p></section>`
        : html`<section class="card">
            <div class="wide" tabindex="0" role="region" aria-label="Caches"><table class="grid list">
              <thead><tr>${COLUMNS.map(([name, title]) => this.renderHead(name, title))}</tr></thead>
              <tbody>${rows.slice(this.from, this.from + PAGE).map((row) => this.renderRow(row))}</tbody>
            </table></div>
            ${rows.length > PAGE ? this.renderPager(rows.length) : nothing}
          </section>
          ${counted ? nothing : html`<p class="hint">No figures of load: the applications of this server have statistics off. Switch them on with <code>MutableConfiguration.setStatisticsEnabled(true)</code> or <code>CacheManager.enableStatistics</code>.</p>`}`}`;
  }

  renderHead(name, title) {
    const mine = this.sort === name;
    const text = name === 'name' || name === 'mode';
    return html`<th scope="col" class=${text ? '' : 'number'} aria-sort=${mine ? (this.falling ? 'descending' : 'ascending') : 'none'}>
      <button @click=${() => this.sortBy(name)}>${title}<span aria-hidden="true">${mine ? (this.falling ? ' ▾' : ' ▴') : ''}</span></button></th>`;
  }

  renderRow(row) {
    return html`
      <tr>
        <th scope="row"><a href=${this.link('caches', { id: row.name })}>${row.name}</a></th>
        <td>${row.mode}${row.possiblyLost ? html` <span class="chip warn">at most ${figure(row.possiblyLost)} lost</span>` : nothing}</td>
        <td class="number">${row.copies > 1000 ? 'all' : row.copies}</td>
        <td class="number">${figure(row.localEntries)}</td>
        <td class="number">${row.rate === null ? '–' : figure(Math.round(row.rate))} ${sparkline(row.series)}</td>
        <td class="number">${share(row.ratio)}</td>
        <td class="number">${row.evictions === undefined ? '–' : figure(row.evictions)}</td>
      </tr>`;
  }

  renderPager(count) {
    return html`<p class="row pager"><button class="button small" ?disabled=${this.from === 0} @click=${() => (this.from -= PAGE)}>Previous</button>
      ${figure(this.from + 1)} to ${figure(Math.min(count, this.from + PAGE))} of ${figure(count)}
      <button class="button small" ?disabled=${this.from + PAGE >= count} @click=${() => (this.from += PAGE)}>Next</button></p>`;
  }

  renderOne() {
    const { live, route } = this.context;
    const cache = live.caches.find((candidate) => candidate.name === route.id);
    if (!cache) {
      return html`${this.renderTitle('Cache', '')}<section class="card blank">${icon('warn')}<h2>No cache ${route.id}</h2><p><a href=${this.link('caches')}>All caches</a></p></section>`;
    }
    const rate = live.rates.get(cache.name);
    return html`
      ${this.renderTitle(cache.name, `${cache.mode}, ${cache.copies > 1000 ? 'a copy on every member' : plural(cache.copies, 'copy', 'copies')}, group ${cache.group}`,
        html`<span class="row"><a class="button" href=${this.link('key', { cache: cache.name })}>Find a key</a>
          <a class="button" href=${this.link('ring', { group: cache.group })}>Show on ring</a>${cacheActions(cache, this.context)}</span>`)}
      <div class="tiles">
        ${figureTile('Operations/s', rate?.perSecond === undefined ? '–' : figure(Math.round(rate.perSecond)), sparkline(rate?.series ?? [], true))}
        ${figureTile('Hit ratio', share(hitRatio(cache)), cache.hits === undefined ? 'statistics are off' : `${figure(cache.hits)} hits, ${figure(cache.misses)} misses`)}
        ${figureTile('Mean time', cache.averageGetMicros === undefined ? '–' : duration(cache.averageGetMicros / 1000), cache.averagePutMicros === undefined ? '' : `a read; a write ${duration(cache.averagePutMicros / 1000)}`)}
        ${figureTile('Entries here', figure(cache.localEntries), `${cache.localBytes ? `${bytes(cache.localBytes)} ` : ''}in this member’s in-sync copies`)}
        ${figureTile('Evictions', cache.evictions === undefined ? '–' : figure(cache.evictions), cache.puts === undefined ? '' : `${figure(cache.puts)} writes, ${figure(cache.removals)} removals`)}
      </div>
      ${this.statistics?.cache === cache.name ? html`<henge-member-statistics .statistics=${this.statistics}></henge-member-statistics>` : nothing}
      ${this.methods.some((method) => method.cache === cache.name) ? cachedMethods(this.methods) : nothing}
      <div class="halves">
        ${this.renderDistribution(cache)}
        <section class="card" aria-labelledby="definition-title"><div class="head"><h2 id="definition-title">Definition</h2></div><div class="body">
          <dl class="facts plain"><dt>Id</dt><dd class="mono">${cache.id}</dd><dt>Group of partitions</dt><dd>${cache.group}</dd><dt>Copies</dt><dd>${cache.copies > 1000 ? 'one on every member' : cache.copies}</dd><dt>Mode</dt><dd>${cache.mode}</dd><dt>Bound</dt><dd>${boundOf(cache)}</dd>
            <dt>Possibly lost</dt><dd>${cache.mode === 'sync' ? 'nothing: sync' : `at most ${figure(cache.possiblyLost)} operations`}</dd></dl></div></section>
      </div>`;
  }

  /** The cache's partitions over the members: all caches of a group are spread alike. */
  renderDistribution(cache) {
    const { state, look } = this.context;
    const { view } = state;
    const parts = view.parts.slice(cache.group * view.partitionsPerGroup, (cache.group + 1) * view.partitionsPerGroup);
    const rows = view.members.map((member, position) => ({
      member,
      primaries: parts.filter((part) => primaryOf(part) === position).length,
      copies: parts.filter((part) => part.replicas.some((replica) => replica.member === position && replica.state !== NONE)).length,
    })).filter((row) => row.member.role === 'data');
    const most = Math.max(1, ...rows.map((row) => row.copies));
    return html`
      <section class="card" aria-labelledby="spread-title"><div class="head"><h2 id="spread-title">Distribution over members</h2><span class="hint">primaries, all copies</span></div>
        <table class="grid list bars"><tbody>${rows.map((row) => html`
          <tr><th scope="row">${dot(look.colours.get(row.member.id))}${row.member.name}</th>
            <td class="wide-bar"><svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="8" rx="4"/>${svg`<rect width="${(100 * row.copies) / most}%" height="8" fill=${look.colours.get(row.member.id)} opacity=".45"/><rect width="${(100 * row.primaries) / most}%" height="8" fill=${look.colours.get(row.member.id)}/>`}</svg></td>
            <td class="number">${figure(row.primaries)}, ${figure(row.copies)}</td></tr>`)}</tbody></table>
      </section>`;
  }

  search(words) {
    this.words = words;
    this.from = 0;
  }

  sortBy(name) {
    this.falling = this.sort === name && !this.falling;
    this.sort = name;
    this.from = 0;
  }
}

/** What the cache may hold in the whole cluster. */
function boundOf(cache) {
  const parts = [
    ...(cache.maxEntries === undefined ? [] : [plural(cache.maxEntries, 'entry', 'entries')]),
    ...(cache.maxBytes === undefined ? [] : [bytes(cache.maxBytes)]),
  ];
  return parts.join(', ') || 'none';
}

function figureTile(title, value, rest) {
  return html`<section class="card tile"><h2>${title}</h2><p class="big">${value}</p><p class="hint">${rest}</p></section>`;
}

customElements.define('henge-caches-page', CachesPage);
