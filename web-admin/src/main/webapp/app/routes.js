// @ts-check
/**
 * The address after the #: which page, of what, as of which slot, and how it is set. A link shows a
 * colleague the same. Pure.
 *
 * @typedef {{page: string, id: string, cluster: string | null, slot: number | null, group: number,
 *   partition: number, order: 'hash' | 'primary' | 'zone', form: 'ring' | 'table',
 *   member: string | null, stop: string, how: 'crash' | 'drain', cache: string | null}} Route
 */

export const PAGES = ['overview', 'ring', 'members', 'caches', 'failovers', 'log', 'key', 'whatif', 'drills', 'checks', 'about'];

/** @type {Route} */
export const HOME = {
  page: 'overview',
  /** which member, cache or failover; empty for the list of them */
  id: '',
  cluster: null,
  /** an older view's slot; null for the live one */
  slot: null,
  group: 0,
  partition: 0,
  order: 'hash',
  form: 'ring',
  /** the member that is shown alone on the ring, by id */
  member: null,
  /** members that are imagined to stop: ids with commas */
  stop: '',
  how: 'crash',
  /** the key finder's cache */
  cache: null,
};

const ORDERS = ['hash', 'primary', 'zone'];

/** Reads an address; what it does not say or says wrongly is as at home. @returns {Route} */
export function parseRoute(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page, id = ''] = path.split('/');
  const parameters = new URLSearchParams(query);
  const order = parameters.get('order') ?? '';
  return {
    page: PAGES.includes(page) ? page : HOME.page,
    id: PAGES.includes(page) ? decode(id) : '',
    cluster: parameters.get('cluster'),
    slot: parameters.has('slot') && /^\d{1,15}$/.test(parameters.get('slot') ?? '') ? Number(parameters.get('slot')) : null,
    group: natural(parameters.get('group')),
    partition: natural(parameters.get('p')),
    order: /** @type {Route['order']} */ (ORDERS.includes(order) ? order : HOME.order),
    form: parameters.get('form') === 'table' ? 'table' : 'ring',
    member: parameters.get('member'),
    stop: parameters.get('stop') ?? '',
    how: parameters.get('how') === 'drain' ? 'drain' : 'crash',
    cache: parameters.get('cache'),
  };
}

/** Writes an address; what is as at home is left out. @param {Route} route */
export function formatRoute(route) {
  const parameters = new URLSearchParams();
  const put = (name, value, home) => value !== home && value !== null && parameters.set(name, String(value));
  put('cluster', route.cluster, HOME.cluster);
  put('slot', route.slot, HOME.slot);
  put('group', route.group, HOME.group);
  put('p', route.partition, HOME.partition);
  put('order', route.order, HOME.order);
  put('form', route.form, HOME.form);
  put('member', route.member, HOME.member);
  put('stop', route.stop, HOME.stop);
  put('how', route.how, HOME.how);
  put('cache', route.cache, HOME.cache);
  const path = route.id ? `${route.page}/${encodeURIComponent(route.id)}` : route.page;
  return `#/${path}${parameters.size ? `?${parameters}` : ''}`;
}

/** Another page of the same cluster at the same slot; everything else as at home, but for changes. */
export function pageRoute(route, page, changes = {}) {
  return { ...HOME, cluster: route.cluster, slot: route.slot, page, ...changes };
}

function natural(text) {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
