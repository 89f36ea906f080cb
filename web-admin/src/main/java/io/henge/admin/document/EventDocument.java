package io.henge.admin.document;

import io.henge.admin.cluster.Event;
import java.time.Instant;

/**
 * {@code GET /log}: something that happened, as the answering member saw it.
 *
 * @param number counts that member's events, from 1
 * @param time when it saw it
 * @param slot the slot it belongs to, null if it is not in the log
 * @param kind what kind, for instance Suspend or LEADER_CHANGED
 * @param member the name of the member concerned; empty if none
 * @param memberId its id; empty if none
 * @param text one plain sentence
 */
public record EventDocument(
    long number,
    Instant time,
    Long slot,
    String kind,
    String member,
    String memberId,
    String text) {

  /** Describes an event. */
  public static EventDocument of(Event event) {
    return new EventDocument(
        event.number(),
        event.time(),
        event.slot() < 0 ? null : (Long) event.slot(),
        event.kind(),
        event.memberName(),
        event.memberId(),
        event.text());
  }
}
