package io.henge.replication.node;

import java.util.Map;

/** Code that reads and changes several entries. */
@FunctionalInterface
public interface EntriesFunction {

  /**
   * Runs on a thread that may block.
   *
   * @param present the keys that are reserved, with their values; null where there is none
   * @return what becomes of each; a key that is left out stays as it is. If it throws, nothing is
   *     stored for these keys and the exception reaches the caller as it is
   */
  Map<Bytes, EntryOutcome> apply(Map<Bytes, byte[]> present);
}
