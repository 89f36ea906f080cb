// @ts-check
/** The way to every page. Pure template. */
import { html, nothing } from 'lit';
import { failoversSince } from '../data/history.js';
import { formatRoute, pageRoute } from '../routes.js';
import { brand, icon } from './marks.js';

const DAY_MILLIS = 86_400_000;

/** Names of pages as the navigation and the title write them. */
export const PAGE_NAMES = {
  overview: 'Overview',
  ring: 'Ring',
  members: 'Members',
  caches: 'Caches',
  failovers: 'Failovers',
  log: 'Decision log',
  key: 'Key finder',
  whatif: 'What if',
  drills: 'Drills',
  checks: 'Health checks',
  about: 'About',
};

/**
 * @param {any} state the store's state
 * @param {import('../routes.js').Route} route
 * @param {number} now milliseconds since 1970
 */
export function navigation(state, route, now) {
  const { view, caches, failovers, checks } = state;
  const recent = failoversSince(failovers, now - DAY_MILLIS).length;
  const failing = checks.filter((check) => check.state === 'failing').length;
  const entry = (page, sign, count = nothing, title = '', tone = '') => html`
    <a href=${formatRoute(pageRoute(route, page))} aria-current=${route.page === page ? 'page' : nothing}>
      ${icon(sign)}<span class="words">${PAGE_NAMES[page]}</span>
      ${count === nothing ? nothing : html`<span class="count ${tone}" title=${title}>${count}</span>`}
    </a>`;
  return html`
    <nav class="nav" aria-label="Main">
      <a class="brand" href=${formatRoute(pageRoute(route, 'overview'))}>${brand()}<span class="words">Henge</span></a>
      ${entry('overview', 'home')}
      ${entry('ring', 'ring')}
      ${entry('members', 'members', view ? view.members.length : nothing, 'members')}
      ${entry('caches', 'cache', view ? caches.length : nothing, 'caches')}
      <h2>History</h2>
      ${entry('failovers', 'pulse', recent || nothing, 'in the last 24 hours', 'warn')}
      ${entry('log', 'list')}
      <h2>Tools</h2>
      ${entry('key', 'key')}
      ${entry('whatif', 'fork')}
      ${entry('drills', 'drill')}
      ${entry('checks', 'check', checks.length ? failing || checks.length : nothing, failing ? 'checks that fail' : 'checks, all passed', failing ? 'warn' : '')}
      ${entry('about', 'info')}
      <p class="foot">${state.cluster ? html`Henge ${state.cluster.version}<br>seen by ${state.cluster.node.name}` : nothing}</p>
    </nav>`;
}
