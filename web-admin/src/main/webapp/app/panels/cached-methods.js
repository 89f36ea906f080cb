// @ts-check
/** Why was nothing cached? What came of the calls of annotated methods. Pure template. */
import { html, nothing } from 'lit';
import { figure } from '../format.js';

/** @param {any[]} methods the answer of GET /caches/{name}/methods */
export function cachedMethods(methods) {
  return html`
    <section class="card methods" aria-labelledby="methods-title">
      <div class="head"><h2 id="methods-title">Annotated methods</h2><span class="hint">called on this server through the container</span></div>
      <div class="wide" tabindex="0" role="region" aria-label="Annotated methods"><table class="grid list">
        <thead><tr><th scope="col">Method</th><th scope="col" class="number">From the cache</th><th scope="col" class="number">Stored</th><th scope="col" class="number">Not: value was null</th><th scope="col" class="number">Not: method failed</th><th scope="col" class="number">Not: cache refused</th></tr></thead>
        <tbody>${methods.map((method) => html`
          <tr data-method=${method.method}><th scope="row"><code>${method.method}</code> <span class="hint">@${method.annotation}</span>${method.lastCacheFailure ? html`<br><span class="hint">last refusal: ${method.lastCacheFailure}</span>` : nothing}</th>
            <td class="number">${method.annotation === 'CacheResult' ? figure(method.fromCache) : '–'}</td><td class="number">${figure(method.stored)}</td>
            ${[method.nullValues, method.methodFailures, method.cacheFailures].map((count, i) => html`<td class="number">${count ? html`<span class="chip ${i === 2 ? 'bad' : 'warn'}">${figure(count)}</span>` : '0'}</td>`)}</tr>`)}</tbody>
      </table></div>
      <p class="empty">A method that is missing here was not called yet, or only by its own bean: such calls pass the annotations by.</p>
    </section>`;
}
