// @ts-check
/** The answer first: one sentence on the state, or why there is none. Pure templates. */
import { html, nothing } from 'lit';
import { eventAt } from '../data/history.js';
import { clock, figure } from '../format.js';
import { icon } from './marks.js';

const TONES = {
  OK: ['ok', 'ok'],
  HEALING: ['heal', 'warn'],
  FEW_MEMBERS: ['warn', 'warn'],
  STARTING: ['heal', 'warn'],
  UNAVAILABLE: ['bad', 'bad'],
  NO_QUORUM: ['bad', 'bad'],
  STOPPED: ['bad', 'bad'],
};

/** The sign and the tone of a health code. */
export function toneOf(code) {
  const [sign, tone] = TONES[code] ?? ['warn', 'warn'];
  return { sign, tone };
}

/** Whether what the page shows is what was, not what is. */
export function isStale(state) {
  return state.connection === 'lost' || state.problem !== null;
}

/** Shown while what the page shows may be old. */
export function connectionBanner(state) {
  const since = state.view ? ` What you see is the view of slot ${figure(state.view.slot)}.` : '';
  if (state.connection === 'lost') {
    return html`<div class="banner bad" role="alert">${icon('bad')}
      <p><b>The console lost its server</b> at ${clock(state.lostSince)}, retrying.${since}</p></div>`;
  }
  if (state.problem && state.view) {
    return html`<div class="banner bad" role="alert">${icon('bad')}
      <p><b>${state.problem.title}.</b> ${state.problem.detail}${since}</p></div>`;
  }
  return nothing;
}

/**
 * The node's own sentence. Without a majority also what the page can show then.
 *
 * @param {any} cluster
 * @param {unknown} action what can be done about it
 */
export function healthBanner(cluster, action = nothing) {
  const { sign, tone } = toneOf(cluster.health.code);
  return html`<div class="banner health ${tone}">${icon(sign)}<p>${cluster.health.sentence || cluster.health.title}${cluster.health.code === 'NO_QUORUM' && cluster.slot >= 0 ? ` What you see is the view of slot ${figure(cluster.slot)}: a majority elsewhere may have decided more.` : ''}</p>${action === nothing ? nothing : html`<span class="space"></span>${action}`}</div>`;
}

/** Shown on every page that shows an older view. */
export function pastBanner(state, live, toLive) {
  const event = eventAt(live.events, state.view.slot);
  return html`<div class="banner warn past">${icon('clock')}
    <p><b>The past: slot ${figure(state.view.slot)}${event && event.slot === state.view.slot ? `, ${clock(event.time)}` : ''}.</b>
      ${event && event.slot === state.view.slot ? event.text : 'Members, voters and partitions are as they were then; figures of load are not kept.'}</p>
    <span class="space"></span><button class="button small" @click=${toLive}>Back to live</button></div>`;
}

/** In place of a page whose slot cannot be shown, or not yet. */
export function pastPage(live, slot, toLive, toSlot) {
  const problem = live.past?.slot === slot ? live.past.problem : null;
  if (!problem) {
    return html`<section class="card blank">${icon('clock')}<h1>Reading slot ${figure(slot)}</h1><p>One moment.</p></section>`;
  }
  const oldest = live.cluster.oldestSlot;
  return html`<section class="card blank">${icon('warn')}<h1>${problem.title}</h1><p>${problem.detail}</p>
    <p class="row">${oldest >= 0 ? html`<button class="button" @click=${() => toSlot(oldest)}>Go to slot ${figure(oldest)}</button>` : nothing}
      <button class="button" @click=${toLive}>Back to live</button></p></section>`;
}

/** The whole page while there is nothing to show. */
export function emptyPage(state) {
  if (state.problem) {
    return html`<section class="card blank">${icon('warn')}<h1>${state.problem.title}</h1><p>${state.problem.detail}</p>
      <p class="hint">This page looks again every two seconds.</p></section>`;
  }
  const lost = state.connection === 'lost';
  return html`<section class="card blank">${icon(lost ? 'bad' : 'heal')}
    <h1>${lost ? 'The server does not answer' : 'Reading the cluster'}</h1>
    <p>${lost ? 'The console retries every two seconds; start the server again.' : 'One moment.'}</p></section>`;
}
