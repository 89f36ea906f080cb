// @ts-check
/** A small line of the last figures; the newest is in words beside it. */
import { nothing, svg, html } from 'lit';

const HEIGHT = 18;

/**
 * @param {number[]} series oldest first
 * @param {boolean} wide as wide as its place
 */
export function sparkline(series, wide = false) {
  if (series.length < 2) {
    return nothing;
  }
  const most = Math.max(...series, 1e-9);
  const points = series.map((value, i) => `${((100 * i) / (series.length - 1)).toFixed(1)},${(HEIGHT - 1 - ((HEIGHT - 3) * value) / most).toFixed(1)}`);
  return html`<svg class="sparkline ${wide ? 'wide-line' : ''}" viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${svg`<polyline points=${points.join(' ')} vector-effect="non-scaling-stroke"/>`}</svg>`;
}
