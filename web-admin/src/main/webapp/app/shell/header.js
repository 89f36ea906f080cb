// @ts-check
/** The bar on top: which cluster, how it is, how fresh this page is. */
import { html, nothing } from 'lit';
import { figure, shortId } from '../format.js';
import { currentTheme, toggleTheme } from '../theme.js';
import { isStale, toneOf } from './banner.js';
import { icon } from './marks.js';

const CONNECTION_WORDS = { connecting: 'Connecting', live: 'Live', polling: 'Polling' };

/**
 * @param {any} state the store's state
 * @param {number | null} past the slot that the page shows; null for the live view
 * @param {(key: string) => void} follow called with the key of another node
 */
export function header(state, past, follow) {
  const { cluster, connection, view } = state;
  const stale = isStale(state);
  return html`
    <header class="top-bar">
      ${cluster ? clusterName(state, follow) : nothing}
      ${cluster && !stale ? healthPill(cluster) : nothing}
      ${cluster?.quorum.held && !stale ? html`<span class="pill plain quorum">${cluster.quorum.sentence}</span>` : nothing}
      <span class="space"></span>
      <span class="pill ${past === null ? 'plain' : 'warn'} fresh"><i class="pulse ${stale || past !== null ? 'lost' : connection}"></i>${past !== null
        ? html`The past, slot <b>${figure(past)}</b>`
        : html`${stale ? 'Not live' : CONNECTION_WORDS[connection]}${view && view.slot >= 0 ? html`, slot <b>${figure(view.slot)}</b>` : nothing}`}</span>
      <button class="icon-button" aria-label="Switch to ${currentTheme() === 'dark' ? 'light' : 'dark'} colours" @click=${toggleTheme}>${icon('moon')}</button>
      ${state.user?.name ? html`<span class="pill plain user">${state.user.name}, ${state.user.roles.includes('operator') ? 'operator' : 'viewer'}</span>` : nothing}
    </header>
  `;
}

function clusterName(state, follow) {
  const { cluster, clusters } = state;
  if (clusters.length < 2) {
    return html`<span class="cluster">${cluster.name} <small title="Cluster id ${cluster.id}">${shortId(cluster.id)}</small>
      </span>`;
  }
  return html`
    <span class="cluster"><select aria-label="Cluster node of this server" @change=${(event) => follow(event.target.value)}>
      ${clusters.map((choice) => html`<option value=${choice.key} ?selected=${choice.key === cluster.key}>
        ${choice.name}, seen by ${choice.node}</option>`)}
    </select></span>`;
}

function healthPill(cluster) {
  const { sign, tone } = toneOf(cluster.health.code);
  return html`<span class="pill ${tone}" data-health=${cluster.health.code}>${icon(sign)}${cluster.health.title}</span>`;
}
