// @ts-check
/** Who serves this key? Never a value. */
import { html, nothing } from 'lit';
import { ConsoleProblem } from '../data/api.js';
import { figure } from '../format.js';
import { dot, icon } from '../shell/marks.js';
import { Page } from './page.js';

export class KeyPage extends Page {
  static properties = { answer: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.answer = null;
    this.problem = '';
  }

  render() {
    const { live, route } = this.context;
    return html`
      ${this.renderTitle('Key finder', 'Which partition a key is in, and who serves it. Values are never shown.')}
      <section class="card"><form class="body form" @submit=${this.find}>
        <label>Cache <select class="field" name="cache">${live.caches.map((cache) => html`<option ?selected=${cache.name === route.cache}>${cache.name}</option>`)}</select></label>
        <label>Written as <select class="field" name="type"><option value="string">text (java.lang.String)</option><option value="hex">hex: the encoded bytes</option></select></label>
        <label class="grow">Key <input class="field mono" name="key" required spellcheck="false" autocomplete="off"></label>
        <button class="button primary" ?disabled=${!live.caches.length}>Find key</button>
      </form></section>
      <div role="status">${this.problem ? html`<p class="banner bad">${icon('bad')}${this.problem}</p>` : nothing}
        ${this.answer ? this.renderAnswer(this.answer) : nothing}</div>`;
  }

  renderAnswer(answer) {
    const { state, look } = this.context;
    const id = (name) => state.view.members.find((member) => member.name === name)?.id;
    const per = state.view.partitionsPerGroup;
    return html`
      <section class="card answer" aria-labelledby="answer-title">
        <div class="head"><h2 id="answer-title">Partition ${answer.partition}</h2>
          <a class="button small" href=${this.link('ring', { group: Math.floor(answer.partition / per), partition: answer.partition % per })}>Show on ring</a></div>
        <div class="body">
          <p class="lead">Writes go to <b>${answer.primary || 'nobody: the partition has no primary'}</b>; every in-sync copy answers reads.</p>
          <dl class="facts plain"><dt>Hash</dt><dd class="mono">${answer.hash}</dd>
            <dt>Has a value</dt><dd>${answer.local ? (answer.present ? 'yes' : 'no') : 'unknown here: this member holds no in-sync copy of it'}</dd>
            <dt>Write under way</dt><dd>${answer.local ? (answer.pending ? 'yes' : 'no') : 'unknown here'}</dd>
            <dt>As of slot</dt><dd class="mono">${figure(this.context.live.view.slot)}</dd></dl>
          <table class="replicas"><caption class="sr">Copies</caption><tbody>${answer.replicas.map(([name, copy], i) => html`<tr><th scope="row">${dot(look.colours.get(id(name)) ?? 'var(--m-other)')}${name}</th>
            <td class="hint">${i === 0 ? 'primary' : 'backup'}</td><td><span class="chip ${copy === 'in-sync' ? 'ok' : 'warn'}">${copy === 'in-sync' ? 'in sync' : 'catching up'}</span></td></tr>`)}</tbody></table>
        </div>
      </section>`;
  }

  async find(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.answer = null;
    this.problem = '';
    try {
      this.answer = await this.context.api.locate(form.get('cache'), form.get('type'), form.get('key'));
    } catch (problem) {
      if (!(problem instanceof ConsoleProblem)) {
        throw problem;
      }
      this.problem = problem.message;
    }
  }
}

customElements.define('henge-key-page', KeyPage);
