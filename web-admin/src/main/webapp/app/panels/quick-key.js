// @ts-check
/** Where would this key live, in one line. Fires `partition` with the answer's partition. */
import { LitElement, html, nothing } from 'lit';
import { ConsoleProblem } from '../data/api.js';
import { icon } from '../shell/marks.js';

const TYPES = { string: 'text', hex: 'hex bytes' };

export class QuickKey extends LitElement {
  static properties = {
    api: { attribute: false },
    caches: { attribute: false },
    answer: { state: true },
    problem: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  render() {
    return html`
      <form class="finder" role="search" aria-label="Where does a key live?" @submit=${this.find}>
        ${icon('key')}
        <select name="cache" aria-label="Cache">
          ${this.caches.map((cache) => html`<option>${cache.name}</option>`)}
        </select>
        <select name="type" aria-label="How the key is written">
          ${Object.entries(TYPES).map(([type, words]) => html`<option value=${type}>${words}</option>`)}
        </select>
        <input class="mono" name="key" aria-label="Key" placeholder="Where does a key live?" spellcheck="false" autocomplete="off" required>
        <button class="button small">Find key</button>
      </form>
      <p class="found" role="status">
        ${this.problem ? html`<span class="bad">${this.problem}</span>` : nothing}
        ${this.answer ? this.renderAnswer(this.answer) : nothing}
      </p>
    `;
  }

  renderAnswer(answer) {
    const known = answer.local
      ? html` It ${answer.present ? 'has a value' : 'has no value'} now${answer.pending ? ', and a write of it is under way' : ''}.`
      : nothing;
    return html`<span>
      Hash <code>${answer.hash}</code>, partition <b>${answer.partition}</b>. Writes go to
      <b>${answer.primary || 'nobody: it has no primary'}</b>; every in-sync copy answers reads.${known}</span>`;
  }

  async find(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.answer = null;
    this.problem = null;
    try {
      this.answer = await this.api.locate(form.get('cache'), form.get('type'), form.get('key'));
      this.dispatchEvent(new CustomEvent('partition', { detail: this.answer.partition, bubbles: true }));
    } catch (problem) {
      if (!(problem instanceof ConsoleProblem)) {
        throw problem;
      }
      this.problem = problem.message;
    }
  }
}

customElements.define('henge-quick-key', QuickKey);
