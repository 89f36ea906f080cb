// @ts-check
/** What would happen if members stopped, in tiles and bars: the what-if page's and each action's. */
import { html, nothing, svg } from 'lit';
import { bytes, duration, figure, plural } from '../format.js';
import { dot, icon } from '../shell/marks.js';

/**
 * @param {any} outlook the answer of POST /whatif
 * @param {{colours: Map<string, string>}} look
 */
export function consequences(outlook, look) {
  const { quorum, lost, oneCopy, rebuild, pause } = outlook;
  const bad = outlook.refusal || lost.length || !quorum.kept;
  const tone = bad ? 'bad' : oneCopy.length ? 'warn' : 'ok';
  return html`
    <div class="banner ${tone} outcome">${icon(tone)}<p><b>${lost.length ? `${plural(lost.length, 'partition', 'partitions')} would be lost` : 'Nothing lost'}</b>${outlook.refusal
      ? `: ${outlook.refusal}`
      : oneCopy.length ? `; ${plural(oneCopy.length, 'partition keeps', 'partitions keep')} one copy until the others are rebuilt.` : '; every partition keeps more than one copy or its only one moves in good order.'}</p></div>
    <dl class="outlook">
      <div><dt>Quorum</dt><dd>${quorum.kept ? 'kept' : html`<span class="lost">lost</span>`}, ${quorum.up} of ${quorum.of} voters</dd></div>
      <div><dt>Primaries that move</dt><dd>${figure(outlook.promote)}</dd></div>
      <div><dt>Down to one copy</dt><dd>${figure(oneCopy.length)}</dd></div>
      <div><dt>With fewer copies</dt><dd>${figure(outlook.reduced)}</dd></div>
      <div><dt>Copies to rebuild</dt><dd>${figure(rebuild.copies)}${rebuild.bytes ? `, about ${bytes(rebuild.bytes)}` : ''}</dd></div>
      <div><dt>Writes pause</dt><dd>${outlook.how === 'drain' ? 'moments: primaries are handed over' : pause ? `≈ ${duration(pause.estimate)} (longest of the last ${pause.failovers})` : 'no failover yet to judge from'}</dd></div>
    </dl>
    ${outlook.loadAfter.length ? loads(outlook, look) : nothing}`;
}

function loads(outlook, look) {
  const most = Math.max(1, ...outlook.loadAfter.map((load) => Math.max(load.primaries, load.now)));
  return html`
    <table class="grid list bars"><caption>Primaries after</caption><tbody>${outlook.loadAfter.map((load) => html`
      <tr><th scope="row">${dot(look.colours.get(load.id) ?? 'var(--m-other)')}${load.member}</th>
        <td class="wide-bar"><svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="8" rx="4"/>${svg`<rect width="${(100 * load.primaries) / most}%" height="8" fill=${look.colours.get(load.id) ?? 'var(--m-other)'}/>`}</svg></td>
        <td class="number">${figure(load.primaries)} <span class="hint">now ${figure(load.now)}</span></td></tr>`)}</tbody></table>`;
}
