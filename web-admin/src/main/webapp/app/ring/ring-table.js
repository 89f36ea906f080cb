// @ts-check
/**
 * The ring as a table: everything that the picture shows, to sort and to filter. Fires `partition`
 * with the chosen number over all groups.
 */
import { LitElement, html, nothing } from 'lit';
import { LEARNER, NONE, SAFETIES, SAFETY_WORDS, primaryOf, safetyOf } from '../data/partitions.js';
import { figure, plural } from '../format.js';
import { safetyChip } from '../shell/marks.js';

const PAGE = 64;
const COLUMNS = [
  ['number', 'Partition'],
  ['primary', 'Primary'],
  ['backups', 'Backups'],
  ['epoch', 'Epoch'],
  ['safety', 'State'],
];

export class RingTable extends LitElement {
  static properties = {
    view: { attribute: false },
    scene: { attribute: false },
    selected: { type: Number },
    /** id of the member whose copies are wanted, or null for all */
    holder: { type: String },
    sort: { state: true },
    falling: { state: true },
    wanted: { state: true },
    page: { state: true },
  };

  constructor() {
    super();
    this.sort = 'number';
    this.falling = false;
    this.wanted = '';
    this.page = 0;
  }

  createRenderRoot() {
    return this;
  }

  rows() {
    const { members } = this.view;
    const rows = this.scene.parts.map((part, i) => ({
      part,
      number: this.scene.base + i,
      primary: members[primaryOf(part)]?.name ?? 'none',
      backups: part.replicas.slice(primaryOf(part) < 0 ? 0 : 1).map((replica) => words(replica, members)).join(', '),
      epoch: part.epoch,
      safety: safetyOf(part, this.scene.wanted, members),
    }));
    const holder = members.findIndex((member) => member.id === this.holder);
    const matching = rows.filter(
      (row) =>
        (!this.wanted || row.safety === this.wanted) &&
        (holder < 0 || row.part.replicas.some((replica) => replica.member === holder)),
    );
    const direction = this.falling ? -1 : 1;
    return matching.sort((a, b) => direction * compare(key(a, this.sort), key(b, this.sort)) || a.number - b.number);
  }

  render() {
    const rows = this.rows();
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    const page = Math.min(this.page, pages - 1);
    return html`
      <div class="table-tools">
        <label>Show
          <select @change=${(event) => this.filter(event.target.value)}>
            <option value="">all ${figure(this.scene.parts.length)}</option>
            ${SAFETIES.map((safety) => html`
              <option value=${safety} ?selected=${safety === this.wanted}>
                ${SAFETY_WORDS[safety]} (${figure(this.scene.safety[safety])})
              </option>`)}
          </select>
        </label>
        <span class="hint">${plural(rows.length, 'partition', 'partitions')}${this.holderName()}</span>
        ${pages > 1 ? this.renderPager(page, pages) : nothing}
      </div>
      <div class="table-scroll" tabindex="0" role="region" aria-label="Partitions">
        <table class="grid">
          <thead><tr>${COLUMNS.map(([name, title]) => this.renderHead(name, title))}</tr></thead>
          <tbody>${rows.slice(page * PAGE, (page + 1) * PAGE).map((row) => this.renderRow(row))}</tbody>
        </table>
        ${rows.length ? nothing : html`<p class="empty">No partition matches.</p>`}
      </div>
    `;
  }

  holderName() {
    const holder = this.view.members.find((member) => member.id === this.holder);
    return holder ? ` with a copy on ${holder.name}` : '';
  }

  renderHead(name, title) {
    const mine = this.sort === name;
    return html`
      <th scope="col" aria-sort=${mine ? (this.falling ? 'descending' : 'ascending') : 'none'}>
        <button @click=${() => this.sortBy(name)}>${title}<span aria-hidden="true">${mine ? (this.falling ? ' ▾' : ' ▴') : ''}</span></button>
      </th>`;
  }

  renderRow(row) {
    return html`
      <tr class=${row.number === this.selected ? 'chosen' : ''}>
        <th scope="row"><button aria-pressed=${row.number === this.selected} @click=${() => this.choose(row.number)}>p${row.number}</button></th>
        <td>${row.primary}</td>
        <td>${row.backups || '–'}</td>
        <td class="mono">${row.epoch}</td>
        <td>${safetyChip(row.safety)}</td>
      </tr>`;
  }

  renderPager(page, pages) {
    return html`
      <span class="pager">
        <button class="button small" ?disabled=${page === 0} @click=${() => (this.page = page - 1)}>Previous</button>
        page ${page + 1} of ${pages}
        <button class="button small" ?disabled=${page === pages - 1} @click=${() => (this.page = page + 1)}>Next</button>
      </span>`;
  }

  filter(safety) {
    this.wanted = safety;
    this.page = 0;
  }

  sortBy(name) {
    this.falling = this.sort === name && !this.falling;
    this.sort = name;
    this.page = 0;
  }

  choose(detail) {
    this.dispatchEvent(new CustomEvent('partition', { detail, bubbles: true }));
  }
}

function words(replica, members) {
  if (replica.state === NONE) {
    return 'no copy yet';
  }
  return members[replica.member].name + (replica.state === LEARNER ? ' (catching up)' : '');
}

function key(row, column) {
  return column === 'safety' ? SAFETIES.indexOf(row.safety) : row[column];
}

function compare(a, b) {
  return typeof a === 'number' ? a - b : a.localeCompare(b, 'en', { numeric: true });
}

customElements.define('henge-ring-table', RingTable);
