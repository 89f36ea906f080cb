package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** Something that happened. */
public final class EventView {

  private final long number;
  private final long timeMillis;
  private final long slot;
  private final String kind;
  private final String memberId;
  private final String memberName;
  private final String text;

  /** Creates the view; arrays are handed over. */
  @ConstructorProperties({"number", "timeMillis", "slot", "kind", "memberId", "memberName", "text"})
  public EventView(
      long number,
      long timeMillis,
      long slot,
      String kind,
      String memberId,
      String memberName,
      String text) {
    this.number = number;
    this.timeMillis = timeMillis;
    this.slot = slot;
    this.kind = kind;
    this.memberId = memberId;
    this.memberName = memberName;
    this.text = text;
  }

  /** Counts this member's events, from 1. */
  public long getNumber() {
    return number;
  }

  /** When this member saw it, wall clock. */
  public long getTimeMillis() {
    return timeMillis;
  }

  /** The slot it belongs to, -1 if it is not in the log. */
  public long getSlot() {
    return slot;
  }

  /** What kind, for instance Suspend or LEADER_CHANGED. */
  public String getKind() {
    return kind;
  }

  /** The member concerned; empty if none. */
  public String getMemberId() {
    return memberId;
  }

  /** Its name; empty if none. */
  public String getMemberName() {
    return memberName;
  }

  /** One plain sentence. */
  public String getText() {
    return text;
  }
}
