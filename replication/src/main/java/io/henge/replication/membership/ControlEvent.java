package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;

/**
 * Something that happened on this member's control plane and is not in the log itself.
 *
 * @param kind what
 * @param about the member concerned, null if none
 * @param text one plain sentence
 */
public record ControlEvent(Kind kind, MemberId about, String text) {

  /** Kinds of events. */
  public enum Kind {
    FOUNDED,
    JOINING,
    JOINED,
    WAITING,
    SUSPECTED,
    PROPOSED,
    LEADER_CHANGED,
    DIVERGED,
    DRILL,
    STANDING_STILL,
    FOUNDED_AGAIN,
    REFUSED,
    EXPELLED,
    LEFT
  }
}
