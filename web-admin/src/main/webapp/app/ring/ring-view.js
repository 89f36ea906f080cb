// @ts-check
/**
 * The ring: a canvas that acts as one slider over the partitions, and its middle in words.
 *
 * Fires `partition` with the chosen number over all groups.
 */
import { LitElement, html } from 'lit';
import { SAFETY_WORDS } from '../data/partitions.js';
import { figure } from '../format.js';
import { SCALE, drawRing } from './draw.js';
import { placeAt, placeByKey } from './geometry.js';
import { painter, property } from './paint.js';
import { describePartition } from './scene.js';

export class RingView extends LitElement {
  static properties = {
    view: { attribute: false },
    scene: { attribute: false },
    /** the chosen partition, over all groups */
    selected: { type: Number },
    order: { type: String },
  };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.repaint = () => {
      this.paint = painter();
      this.schedule();
    };
    addEventListener('henge-theme', this.repaint);
    this.resizing = new ResizeObserver(() => this.schedule());
    this.resizing.observe(this);
    this.paint = painter();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('henge-theme', this.repaint);
    this.resizing.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = undefined;
  }

  get place() {
    return this.scene.places[this.selected - this.scene.base] ?? 0;
  }

  render() {
    const last = this.scene.base + this.scene.parts.length - 1;
    return html`
      <div
        class="ring"
        tabindex="0"
        role="slider"
        aria-label="Partitions on the ring"
        aria-valuemin=${this.scene.base}
        aria-valuemax=${last}
        aria-valuenow=${this.selected}
        aria-valuetext=${describePartition(this.view, this.selected)}
        @keydown=${this.pressed}
        @click=${this.clicked}
      >
        <canvas aria-hidden="true"></canvas>
        ${this.renderMiddle()}
      </div>
    `;
  }

  renderMiddle() {
    const { parts, wanted, safety } = this.scene;
    const served = parts.length - safety.unavailable;
    const risky = safety['one-copy'] + safety.unavailable;
    return html`
      <div class="middle" aria-hidden="true">
        <p>${served === parts.length ? 'every partition has a primary' : `${figure(served)} have a primary`}</p>
        <strong>${figure(parts.length)}</strong>
        <p>partitions, ${wanted === 1 ? '1 copy each' : `${wanted} copies each`}</p>
        <dl>
          ${row(safety['in-sync'], 'fully in sync', 'ok')}
          ${row(safety['catching-up'], SAFETY_WORDS['catching-up'], 'warn')}
          ${safety.waiting ? row(safety.waiting, SAFETY_WORDS.waiting, 'bad') : ''}
          ${safety.unavailable
            ? row(safety.unavailable, SAFETY_WORDS.unavailable, 'bad')
            : ''}
          ${row(safety['one-copy'], SAFETY_WORDS['one-copy'], risky ? 'bad' : 'none')}
        </dl>
      </div>
    `;
  }

  updated() {
    this.schedule();
  }

  /** At most one drawing for each picture of the screen, however many changes arrive. */
  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.draw();
    });
  }

  draw() {
    const canvas = this.querySelector('canvas');
    if (!canvas || !this.scene) {
      return;
    }
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = devicePixelRatio || 1;
    if (width === 0 || height === 0) {
      return;
    }
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    drawRing(/** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')), this.scene, {
      width,
      height,
      ratio,
      selected: this.place,
      paint: this.paint,
      sans: property('--sans'),
      mono: property('--mono'),
      order: this.order,
    });
    // For programs that look at the page; documented in docs/console.md.
    document.body.dataset.ready = 'ring';
    document.body.dataset.slot = String(this.view.slot);
  }

  clicked(event) {
    const box = event.currentTarget.querySelector('canvas').getBoundingClientRect();
    const unit = (Math.min(box.width, box.height) / 2) * SCALE;
    const x = (event.clientX - box.left - box.width / 2) / unit;
    const y = (event.clientY - box.top - box.height / 2) / unit;
    const { tracks, sequence } = this.scene;
    this.choose(placeAt(x, y, sequence.length, tracks[tracks.length - 1].inner));
  }

  pressed(event) {
    const place = placeByKey(event.key, this.place, this.scene.sequence.length);
    if (place >= 0) {
      event.preventDefault();
      this.choose(place);
    }
  }

  choose(place) {
    if (place >= 0) {
      const detail = this.scene.base + this.scene.sequence[place];
      this.dispatchEvent(new CustomEvent('partition', { detail, bubbles: true }));
    }
  }
}

function row(count, words, tone) {
  return html`<div class="tone-${count ? tone : 'none'}"><dt>${words}</dt><dd>${figure(count)}</dd></div>`;
}

customElements.define('henge-ring', RingView);
