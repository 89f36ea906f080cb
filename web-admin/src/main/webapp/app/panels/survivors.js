// @ts-check
/** Who is left of a cluster, and what founding it again with them would come to. Pure template. */
import { html, nothing } from 'lit';
import { remains } from '../data/founding.js';
import { figure, plural } from '../format.js';
import { dot, icon } from '../shell/marks.js';

/**
 * @param {any} view
 * @param {Set<string>} chosen ids of the members that are left
 * @param {(id: string) => void} toggle
 * @param {{colours: Map<string, string>}} look
 */
export function survivors(view, chosen, toggle, look) {
  const { lost, of, removed, voters, majority } = remains(view, chosen);
  return html`
    <fieldset><legend>Members that are left</legend>
      <ul class="choices">${view.members.map((member) => html`
        <li><label class="inline"><input type="checkbox" name="member" value=${member.id} .checked=${chosen.has(member.id)} ?disabled=${member.self} @change=${() => toggle(member.id)}>${dot(look.colours.get(member.id) ?? 'var(--m-other)')}${member.name}
          ${member.self ? html`<span class="hint">here</span>` : member.voter ? html`<span class="hint">votes</span>` : nothing}</label></li>`)}</ul>
    </fieldset>
    <div class="banner ${lost ? 'bad' : 'warn'} outcome remains" role="status">${icon(lost ? 'bad' : 'warn')}<p><b>${lost ? `${figure(lost)} of ${plural(of, 'partition', 'partitions')} would be lost` : 'No partition would be lost'}</b>${lost
      ? ': no member that is left has a copy of them in sync by this view. They begin empty.'
      : ': of each a member that is left has a copy in sync by this view.'}
      ${removed.length ? `Removed for good: ${removed.join(', ')}.` : ''}
      ${majority ? `Will be refused: ${figure(voters)} of ${figure(view.voters.length)} voters are a majority and can go on by themselves.` : ''}</p></div>
    <p class="hint">What the others acknowledged after they lost touch is lost as well. Should they live after all, both clusters go on and refuse each other: the members of one have to be started anew, and its entries are dropped. Refused, with their names, if others answer than are chosen.</p>`;
}
