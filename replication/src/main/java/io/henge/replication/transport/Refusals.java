package io.henge.replication.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what is refused and logs the first time for each origin, of which it keeps a bounded set.
 */
final class Refusals {

  private static final int MOST_ORIGINS = 256;

  private final Logger log;
  private final String nodeName;
  private final LongAdder count = new LongAdder();
  private final Set<String> origins = ConcurrentHashMap.newKeySet();

  Refusals(Logger log, String nodeName) {
    this.log = log;
    this.nodeName = nodeName;
  }

  /**
   * Counts a refusal.
   *
   * @param origin the address it came from
   * @param reason one phrase
   */
  void refuse(String origin, String reason) {
    note(origin, "Node {0} refused bytes from {1}: {2}", reason);
  }

  /**
   * Counts a connection that TLS did not let come about.
   *
   * @param address of the other side
   * @param reason one phrase
   */
  void refuseConnection(String address, String reason) {
    note(address, "Node {0} has no connection with {1}: {2}", reason);
  }

  private void note(String origin, String text, String reason) {
    count.increment();
    if (origins.size() < MOST_ORIGINS && origins.add(origin)) {
      log.log(
          Level.WARNING,
          text
              + ". Further refusals of this origin are only counted; if it should not connect here,"
              + " check its cluster name, its discovery and its certificate.",
          nodeName,
          origin,
          reason);
    } else {
      log.log(Level.DEBUG, text, nodeName, origin, reason);
    }
  }

  long count() {
    return count.sum();
  }
}
