// @ts-check
/**
 * Keeps the state of one node up to date: reads everything when the stream says so, applies what
 * the stream tells, and polls while there is no stream.
 */
import { Api, ConsoleProblem, isUnreachable } from './api.js';
import * as store from './store.js';
import { Stream } from './stream.js';

const POLL_MILLIS = 2000;
const FADE_MILLIS = 5000;
const CHECK_MILLIS = 30_000;

export class Session extends EventTarget {
  constructor() {
    super();
    this.state = store.EMPTY;
    this.wanted = null;
    this.api = new Api(null);
    this.stream = null;
    this.live = false;
    this.reading = null;
    this.wantedSlot = null;
  }

  /** Follows a node; null for the server's first. */
  follow(wanted) {
    this.stop();
    this.wanted = wanted;
    this.state = store.EMPTY;
    this.wantedSlot = null;
    this.polling = setInterval(() => this.live || this.refresh(), POLL_MILLIS);
    this.fading = setInterval(() => this.set(store.withTime(this.state, Date.now())), FADE_MILLIS);
    this.checking = setInterval(() => this.readSideways(), CHECK_MILLIS);
    this.detach();
    this.refresh();
  }

  stop() {
    this.detach();
    clearInterval(this.polling);
    clearInterval(this.fading);
    clearInterval(this.checking);
  }

  /** Opens the stream of the node that was read. */
  attach() {
    this.stream ??= new Stream(
      this.api.url('events'),
      (name, data) => this.receive(name, data),
      (live) => this.streamChanged(live),
    );
  }

  /** Lets go of the node; the next reading looks for it, or for the server's first, again. */
  detach() {
    this.stream?.close();
    this.stream = null;
    this.live = false;
    this.api = new Api(this.wanted);
  }

  set(state) {
    if (state !== this.state) {
      this.state = state;
      this.dispatchEvent(new Event('change'));
    }
  }

  streamChanged(live) {
    if (this.live && !live) {
      this.refresh();
    }
    this.live = live;
    if (live) {
      this.set(store.withConnection(this.state, 'live', Date.now()));
    }
  }

  receive(name, data) {
    const now = Date.now();
    switch (name) {
      case 'view': {
        const next = store.withChange(this.state, data, now);
        if (next) {
          this.set(next);
        } else {
          this.refresh();
        }
        break;
      }
      case 'failover':
        this.set(store.withFailover(this.state, data));
        break;
      case 'event':
        this.set(store.withEvents(this.state, [data]));
        break;
      case 'health':
        this.set(store.withCluster(this.state, data));
        break;
      case 'gone':
        this.detach();
        this.refresh();
        break;
      default:
        this.refresh();
    }
  }

  /** Reads everything; one reading at a time, and one more if asked meanwhile. */
  async refresh() {
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = this.read(this.api);
    try {
      await this.reading;
    } finally {
      this.reading = null; // whatever went wrong, the next one is not to wait for it
    }
    if (this.again) {
      this.again = false;
      this.refresh();
    }
  }

  async read(api) {
    try {
      const clusters = await api.clusters();
      // From now on this one, even if another comes that stands before it.
      api.key ??= clusters[0]?.key ?? null;
      const [cluster, user] = await Promise.all([api.get('cluster'), api.get('session')]);
      api.csrf = user.csrf;
      const [view, failovers] = await Promise.all([api.get('view'), api.get('failovers')]);
      if (api !== this.api) {
        return;
      }
      const now = Date.now();
      let next = store.withCluster({ ...this.state, clusters, user }, cluster);
      next = { ...store.withView(next, store.unpackView(view), now), failovers };
      this.set(store.withConnection(next, this.live ? 'live' : 'polling', now));
      await this.readSideways();
      await this.readEvents(api);
      if (api === this.api) {
        this.attach();
      }
    } catch (problem) {
      if (api === this.api) {
        this.fail(problem);
      }
    }
  }

  /** Reads an older view; what was read before stays until then. */
  async showPast(slot) {
    const { api } = this;
    let past;
    try {
      const [view, before] = await Promise.all([slot, slot - 1].map((wanted) => this.readView(api, wanted, wanted !== slot)));
      past = { slot, view, before, problem: null };
    } catch (problem) {
      if (!(problem instanceof ConsoleProblem)) {
        throw problem;
      }
      past = { slot, view: null, before: null, problem: { code: problem.code, title: problem.title, detail: problem.message } };
    }
    if (api === this.api && this.wantedSlot === slot) {
      this.set(store.withPast(this.state, past));
    }
  }

  async readView(api, slot, mayMiss) {
    if (mayMiss && slot < this.state.cluster.oldestSlot) {
      return null;
    }
    return store.unpackView(await api.get('view', { slot }));
  }

  /** Which slot the page shows; null for the live view. Known slots are not read again. */
  wantSlot(slot) {
    if (slot !== this.wantedSlot && this.state.cluster) {
      this.wantedSlot = slot;
      if (slot !== null) {
        this.showPast(slot);
      }
    }
  }

  /** What changes slowly or without an event: caches and health checks. */
  async readSideways() {
    await this.readWhileSeen(async (api) => {
      const [caches, checks] = await Promise.all([api.figures('caches'), api.get('checks')]);
      return () => ({ ...store.withCaches(this.state, caches.body, caches.at), checks });
    });
  }

  /** The caches with their figures, for a page that shows how they run. */
  async readCaches() {
    await this.readWhileSeen(async (api) => {
      const { body, at } = await api.figures('caches');
      return () => store.withCaches(this.state, body, at);
    });
  }

  /** All that changes on the page of one cache; null if that could not be read. */
  async readCache(name) {
    let read = null;
    await this.readWhileSeen(async (api) => {
      const { body, at } = await api.figures(`caches/${encodeURIComponent(name)}/figures`);
      return () => {
        read = body;
        return store.withCache(this.state, body.cache, at);
      };
    });
    return read;
  }

  /** Reads while the page is seen at all; `read` promises what makes the next state. */
  async readWhileSeen(read) {
    const { api } = this;
    if (document.visibilityState !== 'visible' || !this.state.cluster) {
      return;
    }
    try {
      const next = await read(api);
      if (api === this.api) {
        this.set(next());
      }
    } catch (problem) {
      if (!(problem instanceof ConsoleProblem)) {
        throw problem;
      }
      // The next reading of everything tells what is wrong.
    }
  }

  /** The log comes in pieces of at most 500 events. */
  async readEvents(api) {
    for (;;) {
      const after = store.lastEvent(this.state);
      const events = await api.get('log', { after });
      if (api !== this.api) {
        return;
      }
      this.set(store.withEvents(this.state, events));
      if (store.lastEvent(this.state) === after) {
        return;
      }
    }
  }

  fail(problem) {
    if (!(problem instanceof ConsoleProblem)) {
      throw problem;
    }
    const now = Date.now();
    if (isUnreachable(problem)) {
      this.set(store.withConnection(this.state, 'lost', now));
      return;
    }
    if (problem.code === 'LOGIN_REQUIRED') {
      // The log-in page, or the browser's own dialog, asks.
      location.reload();
      return;
    }
    this.detach();
    const next = { ...this.state, problem: { code: problem.code, title: problem.title, detail: problem.message } };
    this.set(store.withConnection(next, 'polling', now));
  }
}
