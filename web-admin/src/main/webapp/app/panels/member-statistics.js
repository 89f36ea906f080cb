// @ts-check
/** What the operations on a cache came to, member by member; who does not answer is missing, not zero. */
import { LitElement, html, nothing } from 'lit';
import { answered, noteOf } from '../data/answers.js';
import { duration, figure, plural, share } from '../format.js';

export class MemberStatistics extends LitElement {
  static properties = {
    /** the answer of GET /caches/{name}/statistics */
    statistics: { attribute: false },
  };

  createRenderRoot() {
    return this;
  }

  render() {
    const { statistics } = this;
    const { fresh, all } = answered(statistics);
    return html`
      <section class="card" aria-labelledby="member-statistics-title">
        <div class="head"><h2 id="member-statistics-title">Operations by member</h2>
          <span class="hint">${fresh === all ? plural(all, 'member', 'members') : html`<span class="chip warn">${figure(fresh)} of ${plural(all, 'member answers', 'members answer')}</span>`}</span></div>
        <div class="wide" tabindex="0" role="region" aria-label="Operations by member"><table class="grid list">
          <thead><tr><th scope="col">Called at</th><th scope="col" class="number">Hits</th><th scope="col" class="number">Misses</th><th scope="col" class="number">Hit ratio</th><th scope="col" class="number">Writes</th><th scope="col" class="number">Removals</th><th scope="col" class="number">Evictions</th>
            <th scope="col" class="number">Read: median</th><th scope="col" class="number">99 %</th><th scope="col" class="number">Write: median</th><th scope="col" class="number">99 %</th></tr></thead>
          <tbody>
            ${statistics.members.map((row) => this.renderRow(row.member, row))}
            ${all > 1 ? this.renderRow('together', statistics.sum, statistics.answered) : nothing}
          </tbody>
        </table></div>
        <p class="empty">Percentiles are too high by at most 12.5 %. Figures begin with the member, or when its statistics were reset.</p>
      </section>`;
  }

  renderRow(name, row, of) {
    const note = of === undefined ? noteOf(row) : of < this.statistics.members.length ? `of ${plural(of, 'member', 'members')}` : '';
    const missing = row.ageMillis < 0;
    const cell = (value) => html`<td class="number">${missing ? '–' : value}</td>`;
    const { get, put } = row;
    return html`<tr data-member=${name} class=${of === undefined ? '' : 'sum'}>
      <th scope="row">${name}${note ? html` <span class="chip warn">${note}</span>` : nothing}</th>
      ${cell(figure(row.hits))}${cell(figure(row.misses))}${cell(share(row.hits / (row.hits + row.misses)))}${cell(figure(row.puts))}${cell(figure(row.removals))}${cell(figure(row.evictions))}
      ${cell(micros(get, 'medianMicros'))}${cell(micros(get, 'p99Micros'))}${cell(micros(put, 'medianMicros'))}${cell(micros(put, 'p99Micros'))}</tr>`;
  }
}

/** 43 µs, 1.2 ms; a dash where nothing was timed. */
function micros(latency, name) {
  if (!latency.calls) {
    return '–';
  }
  const value = latency[name];
  return value < 1000 ? `${Math.round(value)} µs` : value < 10_000 ? `${(value / 1000).toFixed(1)} ms` : duration(value / 1000);
}

customElements.define('henge-member-statistics', MemberStatistics);
