// @ts-check
/** What the ring's signs mean. */
import { html } from 'lit';

/** Hidden from screen readers: the slider and the table say the same in words. */
export function legend() {
  return html`
    <div class="legend" aria-hidden="true">
      <span><svg viewBox="0 0 16 12"><rect class="whole" width="16" height="12" rx="3"/></svg>in sync</span>
      <span><svg viewBox="0 0 16 12"><rect class="whole" width="16" height="12" rx="3"/><path class="stripes" d="M-2 12 10 0M4 14 18 0M-6 8 2 0"/></svg>catching up</span>
      <span><svg viewBox="0 0 16 12"><rect class="whole" y="7" width="16" height="5" rx="1"/><rect class="mark" y="1.5" width="16" height="3"/></svg>just promoted</span>
      <span><svg viewBox="0 0 16 12"><rect class="missing" x=".8" y=".8" width="14.4" height="10.4" rx="3"/></svg>no copy yet</span>
    </div>`;
}
