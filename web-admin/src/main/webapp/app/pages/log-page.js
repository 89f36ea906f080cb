// @ts-check
/** Who decided what, slot by slot, and does every member have the same log? */
import { html, nothing } from 'lit';
import { ConsoleProblem } from '../data/api.js';
import { UNVERIFIED, comparedWith, verifyEntries } from '../data/chain.js';
import { filterEvents } from '../data/history.js';
import { figure, plural } from '../format.js';
import '../panels/log-table.js';
import { icon } from '../shell/marks.js';
import { Page } from './page.js';

const PAGE = 100;

export class LogPage extends Page {
  static properties = { filter: { state: true }, from: { state: true }, verified: { state: true } };

  constructor() {
    super();
    this.filter = { text: '', kind: '', member: '', logged: false };
    this.from = 0;
    /** how far the chain of hashes was computed, see chain.js */
    this.verified = UNVERIFIED;
    /** whose log that was */
    this.verifiedOf = null;
  }

  updated() {
    super.updated();
    this.verify();
  }

  /** Computes the chain up to the live view's slot: all that the node keeps at first, then what is new. */
  async verify() {
    const { api, live } = this.context;
    if (this.verifying || !this.canVerify() || (this.triedOf === api && this.triedSlot === live.view.slot)) {
      return;
    }
    this.verifying = true;
    this.triedOf = api;
    this.triedSlot = live.view.slot;
    let verified = this.verifiedOf === api ? this.verified : UNVERIFIED;
    try {
      while (!verified.broken && verified.to < live.view.slot) {
        const entries = await api.get('log/entries', { after: verified.to });
        if (!entries.length) {
          break;
        }
        verified = verifyEntries(verified, entries);
      }
      this.verifiedOf = api;
      this.verified = comparedWith(verified, this.context.live.view);
    } catch (problem) {
      if (!(problem instanceof ConsoleProblem)) {
        throw problem;
      }
      // The page's banner tells what is wrong; the next view tries again.
    } finally {
      this.verifying = false;
    }
  }

  /** Whether the node keeps what its hashes are made of. */
  canVerify() {
    return this.context.user?.operations.includes('logEntriesAfter') ?? false;
  }

  render() {
    const { live, route } = this.context;
    const upTo = route.slot === null ? live.events : live.events.filter((event) => event.slot === undefined || event.slot <= route.slot);
    const matching = filterEvents(upTo, this.filter).reverse();
    const kinds = [...new Set(live.events.map((event) => event.kind))].sort();
    const members = [...new Set(live.events.map((event) => event.member).filter(Boolean))].sort();
    const page = matching.slice(this.from, this.from + PAGE);
    return html`
      ${this.renderTitle('Decision log', `${plural(live.events.length, 'event', 'events')} kept here, as ${live.cluster.node.name} saw them`)}
      ${this.renderChain()}
      <section class="card" aria-labelledby="log-title">
        <div class="head wrap">
          <h2 id="log-title">${matching.length === live.events.length ? 'Newest first' : `${plural(matching.length, 'event matches', 'events match')}`}</h2>
          <form class="row filters" @submit=${(event) => event.preventDefault()}>
            ${this.renderChoice('Kind', 'kind', kinds)}
            ${this.renderChoice('Member', 'member', members)}
            <label class="inline"><input type="checkbox" .checked=${this.filter.logged} @change=${(event) => this.set({ logged: event.target.checked })}> only slots of the log</label>
            <input type="search" class="field" aria-label="Words in the text" placeholder="Words in the text" .value=${this.filter.text} @input=${(event) => this.set({ text: event.target.value })}>
          </form>
        </div>
        <henge-log-table .events=${page} .href=${(slot) => this.link('ring', { slot })}></henge-log-table>
        ${matching.length > PAGE ? this.renderPager(matching.length) : nothing}
      </section>`;
  }

  /** Each member chains its log's entries by a hash and compares it with every renewal of a lease. */
  renderChain() {
    const { live, state } = this.context;
    const differs = live.events.filter((event) => event.kind === 'DIVERGED');
    const { chain, slot } = state.view;
    const { broken } = this.verified;
    const title = broken
      ? `The log does not fit its hashes at slot ${figure(broken.slot)}`
      : differs.length ? 'A member’s log differs' : 'One log: no member’s hash chain has differed';
    return html`
      <section class="card chain ${differs.length || broken ? 'differs' : ''}" aria-labelledby="chain-title" data-chain=${broken ? 'broken' : this.verified.to}>
        ${icon(differs.length || broken ? 'bad' : 'ok')}
        <div>
          <h2 id="chain-title">${title}</h2>
          ${this.renderVerified()}
          <p class="hint">Every entry is chained to the one before by a hash, and every renewal of a lease compares slot and hash with the voters; a member that differs stops.
            ${chain ? html`After slot <span class="mono">${figure(slot)}</span> the hash is <code data-chain=${chain}>${chain}</code>, the same on every member: compare it in their consoles.` : nothing}</p>
          ${differs.map((event) => html`<p class="bad chip">${event.text}</p>`)}
        </div>
      </section>`;
  }

  /** What this page itself computed. */
  renderVerified() {
    const { from, to, count, broken } = this.verified;
    if (!this.canVerify()) {
      return html`<p>Compared by the members only: this node’s version does not keep what its hashes are made of.</p>`;
    }
    if (broken) {
      return html`<p class="bad chip">Slot ${figure(broken.slot)}: ${broken.why}.</p>
        <p>What ${this.context.live.cluster.node.name} tells of its log is not what was decided${count ? html`; slots ${figure(from)} to ${figure(to)} before it fit` : nothing}. Compare with the consoles of other members.</p>`;
    }
    return count
      ? html`<p>Computed again in this page: ${plural(count, 'slot', 'slots')}, ${figure(from)} to ${figure(to)}, each hash follows from the one before and from what was decided.</p>`
      : html`<p>Computing the hashes of the slots that this node keeps …</p>`;
  }

  renderChoice(title, name, values) {
    return html`<label class="inline">${title} <select class="field" @change=${(event) => this.set({ [name]: event.target.value })}>
      <option value="">all</option>${values.map((value) => html`<option ?selected=${this.filter[name] === value}>${value}</option>`)}</select></label>`;
  }

  renderPager(count) {
    return html`<p class="row pager"><button class="button small" ?disabled=${this.from === 0} @click=${() => (this.from -= PAGE)}>Newer</button>
      ${figure(this.from + 1)} to ${figure(Math.min(count, this.from + PAGE))} of ${figure(count)}
      <button class="button small" ?disabled=${this.from + PAGE >= count} @click=${() => (this.from += PAGE)}>Older</button></p>`;
  }

  set(changes) {
    this.filter = { ...this.filter, ...changes };
    this.from = 0;
  }
}

customElements.define('henge-log-page', LogPage);
