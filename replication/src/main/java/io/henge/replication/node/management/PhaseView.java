package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** One phase of a failover. */
public final class PhaseView {

  private final String name;
  private final double fromMillis;
  private final double toMillis;
  private final long slot;

  /** Creates the view; arrays are handed over. */
  @ConstructorProperties({"name", "fromMillis", "toMillis", "slot"})
  public PhaseView(String name, double fromMillis, double toMillis, long slot) {
    this.name = name;
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
    this.slot = slot;
  }

  /** suspect, agree, barrier, promote or replicate. */
  public String getName() {
    return name;
  }

  /** Start, from the first suspicion, milliseconds. */
  public double getFromMillis() {
    return fromMillis;
  }

  /** End, from the first suspicion; -1 while it lasts. */
  public double getToMillis() {
    return toMillis;
  }

  /** The slot that ended it, -1 if none. */
  public long getSlot() {
    return slot;
  }
}
