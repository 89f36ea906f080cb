// @ts-check
/** The ring as a picture only: the overview's. All of it is in words beside it. */
import { LitElement, html } from 'lit';
import { drawRing } from './draw.js';
import { painter, property } from './paint.js';

export class SmallRing extends LitElement {
  static properties = { scene: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.paint = painter();
    this.repaint = () => {
      this.paint = painter();
      this.requestUpdate();
    };
    addEventListener('henge-theme', this.repaint);
    this.resizing = new ResizeObserver(() => this.requestUpdate());
    this.resizing.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('henge-theme', this.repaint);
    this.resizing.disconnect();
  }

  render() {
    return html`<canvas aria-hidden="true"></canvas>`;
  }

  updated() {
    const canvas = /** @type {HTMLCanvasElement} */ (this.querySelector('canvas'));
    const { clientWidth: width, clientHeight: height } = canvas;
    if (width === 0 || height === 0) {
      return;
    }
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    drawRing(/** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')), this.scene, {
      width, height, ratio, selected: 0, paint: this.paint, sans: property('--sans'), mono: property('--mono'), order: 'hash', bare: true,
    });
  }
}

customElements.define('henge-small-ring', SmallRing);
