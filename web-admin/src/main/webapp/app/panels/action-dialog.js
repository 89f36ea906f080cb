// @ts-check
/**
 * Asks before an action: what it does, what would follow (the what-if), the cluster's name where it
 * cannot be undone. Fires `done` when the server took it.
 *
 * @typedef {{title: string, text: string, path: string, verb: string, onView?: boolean, danger?: boolean, confirm?: boolean, body?: object,
 *   field?: {name: string, label: string, value: string, number?: boolean}, outlook?: {stop: string[], how: string}}} Action
 */
import { LitElement, html, nothing } from 'lit';
import { ConsoleProblem } from '../data/api.js';
import { figure } from '../format.js';
import { icon } from '../shell/marks.js';
import { consequences } from './consequences.js';

export class ActionDialog extends LitElement {
  static properties = {
    action: { attribute: false },
    context: { attribute: false },
    outlook: { state: true },
    problem: { state: true },
    busy: { state: true },
    typed: { state: true },
  };

  constructor() {
    super();
    /** @type {Action | null} */
    this.action = null;
    this.outlook = null;
    this.problem = '';
    this.busy = false;
    this.typed = '';
  }

  createRenderRoot() {
    return this;
  }

  /** Shows the dialog for an action. @param {Action} action */
  async ask(action, context) {
    Object.assign(this, { action, context, outlook: null, problem: '', busy: false, typed: '' });
    /** One key for one intention: sent twice, done once. */
    this.key = crypto.randomUUID();
    this.slot = context.live.view.slot;
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
    const cluster = this.context.live.cluster.name;
    const waiting = action.outlook && !this.outlook;
    const blocked = this.busy || waiting || this.outlook?.refusal || (action.confirm && this.typed !== cluster);
    return html`
      <dialog aria-labelledby="dialog-title" @close=${() => (this.action = null)}>
        <form class="dialog" @submit=${this.run}>
          <h2 id="dialog-title">${action.title}</h2>
          <p>${action.text}</p>
          ${action.outlook ? (this.outlook ? consequences(this.outlook, this.context.look) : html`<p class="hint">Foretelling what follows…</p>`) : nothing}
          ${action.field ? html`<label>${action.field.label} <input class="field" name="field" .value=${action.field.value} type=${action.field.number ? 'number' : 'text'} step="0.1" required></label>` : nothing}
          ${action.confirm ? html`<label><span>Type <b>${cluster}</b> to go on</span> <input class="field" name="confirm" autocomplete="off" spellcheck="false" @input=${(event) => (this.typed = event.target.value)}></label>` : nothing}
          ${action.onView ? html`<p class="hint">Refused if the cluster has moved on from slot ${figure(this.slot)}.</p>` : nothing}
          <div role="alert">${this.problem ? html`<p class="banner bad">${icon('bad')}${this.problem}</p>` : nothing}</div>
          <p class="row end"><button type="button" class="button" @click=${this.close}>Cancel</button>
            <button class="button ${action.danger ? 'danger' : 'primary'}" ?disabled=${Boolean(blocked)}>${action.verb}</button></p>
        </form>
      </dialog>`;
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
      await context.api.act(action.path, bodyOf(action, form), this.key, action.onView ? this.slot : null);
      this.close();
      this.dispatchEvent(new CustomEvent('done', { bubbles: true }));
    } catch (problem) {
      this.fail(problem);
      // After a refusal the next try is a new intention, about the view of now.
      this.slot = context.session().view.slot;
      this.key = crypto.randomUUID();
      if (action.outlook) {
        await this.foretell(action.outlook);
      }
    } finally {
      this.busy = false;
    }
  }

  fail(problem) {
    if (!(problem instanceof ConsoleProblem)) {
      throw problem;
    }
    this.problem = problem.message;
  }
}

function bodyOf(action, form) {
  if (action.field) {
    const value = form.get('field');
    return { [action.field.name]: action.field.number ? Number(value) : value };
  }
  return action.confirm ? { ...action.body, confirm: form.get('confirm') } : (action.body ?? {});
}

customElements.define('henge-action-dialog', ActionDialog);
