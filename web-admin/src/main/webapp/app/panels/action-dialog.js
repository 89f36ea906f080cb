// @ts-check
/**
 * Asks before an action: what it does, what would follow (the what-if), the cluster's name where it
 * cannot be undone. Fires `done` when the server took it; what the server says of it is shown.
 *
 * @typedef {{title: string, text: string, path: string, verb: string, onView?: boolean, danger?: boolean, confirm?: boolean, body?: object,
 *   field?: {name: string, label: string, value: string, number?: boolean}, outlook?: {stop: string[], how: string},
 *   survivors?: boolean, tick?: {name: string, label: string}}} Action `survivors`: the members that are left are chosen; `tick`: what has to be affirmed
 */
import { LitElement, html, nothing } from 'lit';
import { ConsoleProblem } from '../data/api.js';
import { figure } from '../format.js';
import { icon } from '../shell/marks.js';
import { consequences } from './consequences.js';
import { survivors } from './survivors.js';

export class ActionDialog extends LitElement {
  static properties = {
    action: { attribute: false },
    context: { attribute: false },
    outlook: { state: true },
    problem: { state: true },
    busy: { state: true },
    typed: { state: true },
    ticked: { state: true },
    chosen: { state: true },
    told: { state: true },
  };

  constructor() {
    super();
    /** @type {Action | null} */
    this.action = null;
    this.outlook = null;
    this.problem = '';
    this.busy = false;
    this.typed = '';
    this.ticked = false;
    /** ids of the members that are left */
    this.chosen = new Set();
    /** what the server said of what it did */
    this.told = '';
  }

  createRenderRoot() {
    return this;
  }

  /** Shows the dialog for an action. @param {Action} action */
  async ask(action, context) {
    const { view } = context.live;
    const chosen = new Set(view.members.filter((member) => member.self).map((member) => member.id));
    Object.assign(this, { action, context, view, chosen, outlook: null, problem: '', busy: false, typed: '', ticked: false, told: '' });
    /** One key for one intention: sent twice, done once. */
    this.key = crypto.randomUUID();
    this.slot = view.slot;
    await this.updateComplete;
    this.querySelector('dialog')?.showModal();
    if (action.outlook) {
      await this.foretell(action.outlook);
    }
  }

  async foretell(question) {
    try {
      this.outlook = await this.context.api.post('whatif', question);
      // What is confirmed is what was foretold.
      this.slot = this.outlook.slot;
    } catch (problem) {
      this.fail(problem);
    }
  }

  render() {
    const { action } = this;
    if (!action) {
      return nothing;
    }
    return html`
      <dialog aria-labelledby="dialog-title" @close=${() => (this.action = null)}>${this.told ? this.renderTold() : this.renderQuestion(action)}</dialog>`;
  }

  renderTold() {
    return html`
      <div class="dialog">
        <h2 id="dialog-title">Done</h2>
        <p class="banner ok told">${icon('ok')}${this.told}</p>
        <p class="row end"><button type="button" class="button primary" @click=${this.close}>Close</button></p>
      </div>`;
  }

  /** @param {Action} action */
  renderQuestion(action) {
    const cluster = this.context.live.cluster.name;
    const waiting = action.outlook && !this.outlook;
    const unconfirmed = (action.confirm && this.typed !== cluster) || (action.tick && !this.ticked);
    const blocked = this.busy || waiting || this.outlook?.refusal || unconfirmed;
    return html`
      <form class="dialog" @submit=${this.run}>
        <h2 id="dialog-title">${action.title}</h2>
        <p>${action.text}</p>
        ${action.outlook ? (this.outlook ? consequences(this.outlook, this.context.look) : html`<p class="hint">Foretelling what follows…</p>`) : nothing}
        ${action.field ? html`<label>${action.field.label} <input class="field" name="field" .value=${action.field.value} type=${action.field.number ? 'number' : 'text'} step="0.1" required></label>` : nothing}
        ${action.survivors ? survivors(this.view, this.chosen, (id) => this.toggle(id), this.context.look) : nothing}
        ${action.tick ? html`<label class="inline"><input type="checkbox" name="tick" .checked=${this.ticked} @change=${(event) => (this.ticked = event.target.checked)}>${action.tick.label}</label>` : nothing}
        ${action.confirm ? html`<label><span>Type <b>${cluster}</b> to go on</span> <input class="field" name="confirm" autocomplete="off" spellcheck="false" @input=${(event) => (this.typed = event.target.value)}></label>` : nothing}
        ${action.onView ? html`<p class="hint">Refused if the cluster has moved on from slot ${figure(this.slot)}.</p>` : nothing}
        <div role="alert">${this.problem ? html`<p class="banner bad">${icon('bad')}${this.problem}</p>` : nothing}</div>
        <p class="row end"><button type="button" class="button" @click=${this.close}>Cancel</button>
          <button class="button ${action.danger ? 'danger' : 'primary'}" ?disabled=${Boolean(blocked)}>${action.verb}</button></p>
      </form>`;
  }

  toggle(id) {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) {
      chosen.add(id);
    }
    this.chosen = chosen;
  }

  close() {
    this.querySelector('dialog')?.close();
  }

  async run(event) {
    event.preventDefault();
    const { action, context } = this;
    const form = new FormData(event.target);
    this.busy = true;
    this.problem = '';
    try {
      const answer = await context.api.act(action.path, this.body(form), this.key, action.onView ? this.slot : null);
      if (answer?.sentence) {
        await this.tell(answer.sentence);
      } else {
        this.close();
      }
      this.dispatchEvent(new CustomEvent('done', { bubbles: true }));
    } catch (problem) {
      this.fail(problem);
      // After a refusal the next try is a new intention, about the view of now.
      this.view = context.session().view ?? this.view;
      this.slot = this.view.slot;
      this.key = crypto.randomUUID();
      if (action.outlook) {
        await this.foretell(action.outlook);
      }
    } finally {
      this.busy = false;
    }
  }

  /** Shows what was done in place of the question. */
  async tell(sentence) {
    this.told = sentence;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector('dialog .primary'))?.focus();
  }

  body(form) {
    const { action } = this;
    if (action.field) {
      const value = form.get('field');
      return { [action.field.name]: action.field.number ? Number(value) : value };
    }
    return {
      ...action.body,
      ...(action.confirm ? { confirm: form.get('confirm') } : {}),
      ...(action.tick ? { [action.tick.name]: this.ticked } : {}),
      ...(action.survivors ? { members: [...this.chosen] } : {}),
    };
  }

  fail(problem) {
    if (!(problem instanceof ConsoleProblem)) {
      throw problem;
    }
    this.problem = problem.message;
  }
}

customElements.define('henge-action-dialog', ActionDialog);
