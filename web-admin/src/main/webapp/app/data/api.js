// @ts-check
/** The console's REST, as promises. */

const TIMEOUT_MILLIS = 5000;
/** Some actions end only when the node has asked the other members. */
const ACT_MILLIS = 60_000;

/** What the server refused, with its stable code; status 0 if it did not answer at all. */
export class ConsoleProblem extends Error {
  constructor(status, code, title, detail) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
  }
}

/** Whether the server itself did not answer. */
export function isUnreachable(problem) {
  return problem instanceof ConsoleProblem && problem.status === 0;
}

export class Api {
  /** @param {string | null} key which node of the server, null for the first */
  constructor(key) {
    this.key = key;
    /** the token of GET /session */
    this.csrf = '';
  }

  /** The address of a resource, relative to the page, so that any context root works. */
  url(path, parameters = {}) {
    const query = new URLSearchParams(parameters);
    if (this.key) {
      query.set('cluster', this.key);
    }
    return `api/v1/${path}${query.size ? `?${query}` : ''}`;
  }

  clusters() {
    return request('api/v1/clusters');
  }

  get(path, parameters) {
    return request(this.url(path, parameters));
  }

  /**
   * Reads figures, which the server makes once for all who look.
   *
   * @returns {Promise<{body: any, at: number}>} the figures and when they were made, by the browser's clock
   */
  async figures(path) {
    let age = 0;
    const body = await request(this.url(path), {}, TIMEOUT_MILLIS, (response) => {
      age = Number(response.headers.get('X-Henge-Age') ?? 0);
    });
    return { body, at: Date.now() - age };
  }

  post(path, body, headers = {}, timeout = TIMEOUT_MILLIS) {
    return request(
      this.url(path),
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Henge-Csrf': this.csrf, ...headers },
        body: JSON.stringify(body),
      },
      timeout,
    );
  }

  /**
   * Has the server do something.
   *
   * @param {string} path
   * @param {object} body
   * @param {string} key a random value: the same one is done once
   * @param {number | null} slot refused if the view is another; null where that does not matter
   * @returns what came of it, where the server says more than that it was taken
   */
  act(path, body, key, slot) {
    return this.post(path, body, { 'Idempotency-Key': key, ...(slot === null ? {} : { 'If-Match': `"slot-${slot}"` }) }, ACT_MILLIS);
  }

  /** Where a key lives. */
  locate(cache, type, key) {
    return this.post('keys/locate', { cache, type, key });
  }
}

async function request(url, options = {}, timeout = TIMEOUT_MILLIS, look = (/** @type {Response} */ _response) => {}) {
  const response = await answered(fetch(url, { ...options, signal: AbortSignal.timeout(timeout) }));
  look(response);
  if (response.status === 202 || response.status === 204) {
    return null;
  }
  const type = response.headers.get('Content-Type') ?? '';
  if (!type.includes('json')) {
    // A server that is starting or stopping answers with pages of its own.
    throw new ConsoleProblem(0, 'NOT_THE_CONSOLE', 'The console is not there', response.statusText);
  }
  const body = await answered(response.json());
  if (!response.ok) {
    throw new ConsoleProblem(response.status, body.code, body.title, body.detail);
  }
  return body;
}

/** An answer, or the rest of one: the time may run out, or the page be left, in its midst as well. */
async function answered(promise) {
  try {
    return await promise;
  } catch (failure) {
    throw new ConsoleProblem(0, 'UNREACHABLE', 'The server does not answer', String(failure));
  }
}
