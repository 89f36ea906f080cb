// @ts-check
/**
 * The address after the #: which page, and how it is set. A link shows a colleague the same. Pure.
 *
 * @typedef {{page: string, cluster: string | null, group: number, partition: number,
 *   order: 'hash' | 'primary', form: 'ring' | 'table', member: string | null}} Route
 */

/** @type {Route} */
export const HOME = {
  page: 'ring',
  cluster: null,
  group: 0,
  partition: 0,
  order: 'hash',
  form: 'ring',
  member: null,
};

/** Reads an address; what it does not say or says wrongly is as at home. @returns {Route} */
export function parseRoute(hash) {
  const [, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const parameters = new URLSearchParams(query);
  return {
    page: 'ring',
    cluster: parameters.get('cluster'),
    group: natural(parameters.get('group')),
    partition: natural(parameters.get('p')),
    order: parameters.get('order') === 'primary' ? 'primary' : 'hash',
    form: parameters.get('form') === 'table' ? 'table' : 'ring',
    member: parameters.get('member'),
  };
}

/** Writes an address; what is as at home is left out. @param {Route} route */
export function formatRoute(route) {
  const parameters = new URLSearchParams();
  const put = (name, value, home) => value !== home && value !== null && parameters.set(name, String(value));
  put('cluster', route.cluster, HOME.cluster);
  put('group', route.group, HOME.group);
  put('p', route.partition, HOME.partition);
  put('order', route.order, HOME.order);
  put('form', route.form, HOME.form);
  put('member', route.member, HOME.member);
  return `#/${route.page}${parameters.size ? `?${parameters}` : ''}`;
}

function natural(text) {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
