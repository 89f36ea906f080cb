// @ts-check
/** The stream of events, opened again whenever it ends. */

const EVENTS = ['view', 'health', 'failover', 'event', 'resync', 'gone'];
const RETRY_MILLIS = 1000;

export class Stream {
  /**
   * @param {string} url
   * @param {(name: string, data: any) => void} receive a message
   * @param {(live: boolean) => void} changed the stream opened or broke
   */
  constructor(url, receive, changed) {
    this.url = url;
    this.receive = receive;
    this.changed = changed;
    this.open();
  }

  open() {
    this.source = new EventSource(this.url);
    for (const name of EVENTS) {
      this.source.addEventListener(name, (message) => {
        this.changed(true);
        this.receive(name, JSON.parse(message.data));
      });
    }
    this.source.onerror = () => this.broken();
  }

  /** A browser retries by itself only while the server answers with a stream; we always do. */
  broken() {
    this.source.close();
    this.changed(false);
    this.timer = setTimeout(() => this.open(), RETRY_MILLIS);
  }

  close() {
    clearTimeout(this.timer);
    this.source.close();
  }
}
