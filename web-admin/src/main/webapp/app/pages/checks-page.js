// @ts-check
/** Is it set up right? Every check with what it found, why it matters, what to do. */
import { html, nothing } from 'lit';
import { plural } from '../format.js';
import { suppressAction } from '../panels/actions.js';
import { icon } from '../shell/marks.js';
import { Page } from './page.js';

const ORDER = { failing: 0, suppressed: 1, passed: 2 };

export class ChecksPage extends Page {
  render() {
    const { checks, cluster } = this.context.live;
    const failing = checks.filter((check) => check.state === 'failing').length;
    const sorted = [...checks].sort((a, b) => ORDER[a.state] - ORDER[b.state]);
    return html`
      ${this.renderTitle('Health checks', failing ? `${plural(failing, 'check fails', 'checks fail')} of ${checks.length}, as ${cluster.node.name} sees it` : `all ${checks.length} pass, as ${cluster.node.name} sees it`)}
      <section class="card"><ul class="checks">${sorted.map((check) => this.renderCheck(check))}</ul></section>`;
  }

  renderCheck(check) {
    const tone = check.state === 'passed' ? 'ok' : check.state === 'suppressed' ? 'plain' : check.severity === 'error' ? 'bad' : 'warn';
    return html`
      <li data-check=${check.id} class=${check.state}>
        <span class="sign ${tone}">${icon(tone === 'plain' ? 'dot' : tone)}</span>
        <details ?open=${check.state === 'failing'}>
          <summary><b>${check.title}</b> <code class="hint">${check.id}</code>${check.finding ? html`<span class="finding">${check.finding}</span>` : nothing}</summary>
          <p>${check.explanation}</p>
          <p><b>What to do:</b> ${check.fix}</p>
          ${check.suppression ? html`<p class="hint">Suppressed by ${check.suppression.by}: ${check.suppression.reason}</p>` : nothing}
          ${check.state === 'passed' ? nothing : suppressAction(check, this.context)}
        </details>
        <span class="chip ${tone === 'plain' ? '' : tone}">${check.state === 'failing' ? check.severity : check.state}</span>
      </li>`;
  }
}

customElements.define('henge-checks-page', ChecksPage);
