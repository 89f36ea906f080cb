// @ts-check
/** Draws a scene on a canvas. Knows colours only by the names of the style sheet's properties. */
import { LEARNER, NONE } from '../data/partitions.js';
import { OUTER, TAU, angleOf, pointAt } from './geometry.js';

/** Half of the white line between two arcs, radians. */
const HAIR = 0.0042;
/** The ring's outer radius in the canvas' smaller half, leaving room for marks and labels. */
export const SCALE = 0.885;
const HASH_LABELS = ['0', '¼', '½', '¾'];

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ReturnType<typeof import('./scene.js').sceneOf>} scene
 * @param {{width: number, height: number, ratio: number, selected: number, paint: (css: string) => string,
 *   sans: string, mono: string, order: 'hash' | 'primary' | 'zone', bare?: boolean}} frame sizes in CSS pixels; selected is a place
 */
export function drawRing(context, scene, frame) {
  const { width, height, ratio } = frame;
  const unit = (Math.min(width, height) / 2) * SCALE;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.translate(width / 2, height / 2);
  const pen = { context, scene, frame, unit, count: scene.sequence.length };
  drawTracks(pen);
  drawArcs(pen);
  drawMarks(pen);
  if (frame.bare) {
    return;
  }
  if (frame.order === 'hash') {
    drawHashLabels(pen);
  } else {
    drawNames(pen);
    drawZones(pen);
  }
  drawSelection(pen);
}

function band(context, inner, outer, from, to) {
  const a = from - TAU / 4;
  const b = to - TAU / 4;
  context.beginPath();
  context.arc(0, 0, outer, a, b);
  context.arc(0, 0, inner, b, a, true);
  context.closePath();
}

function drawTracks({ context, scene, frame, unit }) {
  context.fillStyle = frame.paint('var(--track)');
  for (const { inner, outer } of scene.tracks) {
    band(context, inner * unit, outer * unit, 0, TAU - 1e-4);
    context.fill();
  }
}

function drawArcs({ context, scene, frame, unit, count }) {
  const hatching = hatch(context, frame);
  const hair = Math.min(HAIR, TAU / count / 6);
  for (const arc of scene.arcs) {
    const { inner, outer } = scene.tracks[arc.track];
    const from = angleOf(arc.from, count) + hair;
    const to = angleOf(arc.to, count) - hair;
    context.globalAlpha = scene.highlight >= 0 && arc.member !== scene.highlight ? 0.13 : 1;
    if (arc.state === NONE) {
      band(context, inner * unit + 1, outer * unit - 1, from, to);
      context.fillStyle = frame.paint('var(--bad-soft)');
      context.fill();
      context.strokeStyle = frame.paint('var(--bad)');
      context.lineWidth = 1;
      context.setLineDash([2.5, 2]);
      context.stroke();
      context.setLineDash([]);
      continue;
    }
    band(context, inner * unit, outer * unit, from, to);
    context.fillStyle = frame.paint(scene.colour(arc.member));
    context.fill();
    if (arc.state === LEARNER) {
      context.fillStyle = hatching;
      context.fill();
    }
  }
  context.globalAlpha = 1;
}

/** Slanted stripes: the sign for catching up that needs no colour. */
function hatch(context, frame) {
  const size = 6;
  const tile = document.createElement('canvas');
  tile.width = size * frame.ratio;
  tile.height = size * frame.ratio;
  const stripes = /** @type {CanvasRenderingContext2D} */ (tile.getContext('2d'));
  stripes.scale(frame.ratio, frame.ratio);
  stripes.strokeStyle = frame.paint('var(--hatch)');
  stripes.lineWidth = 2.2;
  for (const offset of [-size, 0, size]) {
    stripes.beginPath();
    stripes.moveTo(offset - 1, size + 1);
    stripes.lineTo(offset + size + 1, -1);
    stripes.stroke();
  }
  const pattern = /** @type {CanvasPattern} */ (context.createPattern(tile, 'repeat'));
  pattern.setTransform(new DOMMatrix().scale(1 / frame.ratio));
  return pattern;
}

function drawMarks({ context, scene, frame, unit, count }) {
  context.fillStyle = frame.paint('var(--ink)');
  for (const mark of scene.marks) {
    band(
      context,
      OUTER * unit + 3,
      OUTER * unit + 6.5,
      angleOf(mark.from, count) + HAIR / 2,
      angleOf(mark.to, count) - HAIR / 2,
    );
    context.fill();
  }
}

function drawHashLabels({ context, frame, unit }) {
  context.font = `11.5px ${frame.sans}`;
  context.fillStyle = frame.paint('var(--ink3)');
  context.strokeStyle = context.fillStyle;
  context.lineWidth = 1;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  HASH_LABELS.forEach((label, i) => {
    const angle = (i / HASH_LABELS.length) * TAU;
    const [x, y] = pointAt(1, angle);
    context.beginPath();
    context.moveTo(x * (unit + 9), y * (unit + 9));
    context.lineTo(x * (unit + 13), y * (unit + 13));
    context.stroke();
    context.fillText(label, x * (unit + 22), y * (unit + 20));
  });
}

function drawNames({ context, scene, frame, unit, count }) {
  const { inner, outer } = scene.tracks[0];
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `650 13px ${frame.sans}`;
  context.lineJoin = 'round';
  for (const name of scene.names) {
    const middle = angleOf((name.from + name.to) / 2, count);
    const [x, y] = pointAt(((inner + outer) / 2) * unit, middle);
    const text = `${scene.label(name.member)} ${name.count}`;
    context.lineWidth = 3;
    context.strokeStyle = 'rgb(0 0 0 / .5)';
    context.strokeText(text, x, y);
    context.fillStyle = '#fff';
    context.fillText(text, x, y);
  }
}

/** Zones stand around the ring, with a gap's mark where one ends. */
function drawZones({ context, scene, frame, unit, count }) {
  context.font = `600 12px ${frame.sans}`;
  context.fillStyle = frame.paint('var(--ink2)');
  context.strokeStyle = frame.paint('var(--ink3)');
  context.lineWidth = 1.5;
  context.textBaseline = 'middle';
  for (const { zone, from, to } of scene.zones) {
    const start = angleOf(from, count);
    const [x0, y0] = pointAt(1, start);
    context.beginPath();
    context.moveTo(x0 * (unit + 2), y0 * (unit + 2));
    context.lineTo(x0 * (unit + 16), y0 * (unit + 16));
    context.stroke();
    const middle = angleOf((from + to) / 2, count);
    const [x, y] = pointAt(unit + 14, middle);
    context.textAlign = Math.sin(middle) > 0.2 ? 'left' : Math.sin(middle) < -0.2 ? 'right' : 'center';
    const half = context.measureText(zone).width;
    context.fillText(zone, clamp(x, -frame.width / 2 + (context.textAlign === 'right' ? half : 0), frame.width / 2 - (context.textAlign === 'left' ? half : 0)), y);
  }
}

function drawSelection({ context, scene, frame, unit, count }) {
  const inner = scene.tracks[scene.tracks.length - 1].inner * unit - 3;
  const outer = OUTER * unit + 9;
  const from = angleOf(frame.selected, count) - 0.006;
  const to = angleOf(frame.selected + 1, count) + 0.006;
  const middle = (from + to) / 2;
  context.lineJoin = 'round';
  for (const [colour, line] of [['var(--card)', 5], ['var(--ink)', 2]]) {
    band(context, inner, outer, from, to);
    context.strokeStyle = frame.paint(String(colour));
    context.lineWidth = Number(line);
    context.stroke();
  }
  drawTag({ context, frame }, `p${scene.base + scene.sequence[frame.selected]}`, outer, middle);
}

function drawTag({ context, frame }, text, radius, angle) {
  context.font = `600 12px ${frame.mono}`;
  const width = context.measureText(text).width + 16;
  const [x, y] = pointAt(radius + 8, angle);
  const left = clamp(x - width / 2 + (Math.sin(angle) * width) / 2, -frame.width / 2 + 1, frame.width / 2 - width - 1);
  const top = clamp(y - 11 - Math.cos(angle) * 9, -frame.height / 2 + 1, frame.height / 2 - 23);
  context.fillStyle = frame.paint('var(--ink)');
  context.beginPath();
  context.roundRect(left, top, width, 22, 7);
  context.fill();
  context.fillStyle = frame.paint('var(--card)');
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, left + width / 2, top + 11.5);
}

function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}
