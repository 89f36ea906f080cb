package io.henge.admin.action;

import java.time.Instant;

/**
 * {@code GET /audit}: an action, done or refused.
 *
 * @param time when
 * @param who the user
 * @param from the address of the request
 * @param action what was asked for
 * @param target of what; empty for the whole cluster
 * @param slot the view that they looked at, -1 where it does not matter
 * @param result done, or why not
 */
public record AuditEntry(
    Instant time, String who, String from, String action, String target, long slot, String result) {

  /** One line for the log; line breaks in names cannot forge another. */
  public String line() {
    String text =
        "who="
            + who
            + " from="
            + from
            + " action="
            + action
            + " target="
            + target
            + " slot="
            + slot
            + " result="
            + result;
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
