package io.henge.admin.cluster;

/**
 * One phase of a failover.
 *
 * @param name suspect, agree, barrier, promote or replicate
 * @param fromMillis start, from the first suspicion
 * @param toMillis end, from the first suspicion; negative while it lasts
 * @param slot the slot that ended it, -1 if none
 */
public record Phase(String name, double fromMillis, double toMillis, long slot) {

  /** Whether it is not over yet. */
  public boolean running() {
    return toMillis < 0;
  }
}
