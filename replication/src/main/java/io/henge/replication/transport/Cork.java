package io.henge.replication.transport;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds back what a thread sends while it works off a packet of several frames, so that the answers
 * leave in one packet too instead of one by one.
 */
final class Cork {

  // Not static: one transport must not hold back what another one in this process sends.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<List<PeerLink>> held = new ThreadLocal<>();

  /** Runs the work and then lets go what it sent. */
  void during(Runnable work) {
    List<PeerLink> links = new ArrayList<>();
    held.set(links);
    try {
      work.run();
    } finally {
      held.remove();
      links.forEach(PeerLink::flush);
    }
  }

  /** Whether what the current thread sends on the link is to be queued until the work is done. */
  boolean holds(PeerLink link) {
    List<PeerLink> links = held.get();
    if (links == null) {
      return false;
    }
    if (!links.contains(link)) {
      links.add(link);
    }
    return true;
  }
}
