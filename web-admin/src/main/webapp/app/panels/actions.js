// @ts-check
/** Buttons of operators; each opens the dialog that shows the consequence first. */
import { nothing } from 'lit';

/** What can be done with a member. */
export function memberActions() {
  return nothing;
}

/** What can be done with a cache. */
export function cacheActions() {
  return nothing;
}

/** To say that a failing check is known and meant. */
export function suppressAction() {
  return nothing;
}
