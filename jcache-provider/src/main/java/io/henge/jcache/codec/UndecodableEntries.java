package io.henge.jcache.codec;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What this member does about entries of one cache that it cannot decode, as when another member
 * has another version of a class: they are errors, or count as absent. Thread-safe.
 */
public final class UndecodableEntries {

  private static final Logger LOG = System.getLogger(UndecodableEntries.class.getPackageName());

  /** Different causes that are logged; more are only counted. */
  private static final int MOST_LOGGED = 100;

  private final String where;
  private final boolean countAsAbsent;
  private final LongAdder count = new LongAdder();
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  UndecodableEntries(String where, boolean countAsAbsent) {
    this.where = where;
    this.countAsAbsent = countAsAbsent;
  }

  /** Whether they count as absent. */
  boolean countAsAbsent() {
    return countAsAbsent;
  }

  /** How often one was met by this member since the cache was opened. */
  public long count() {
    return count.sum();
  }

  /**
   * Counts one, and logs its cause if it is new.
   *
   * @throws CodecException the failure itself, unless they count as absent
   */
  void met(CodecException failure) {
    count.increment();
    if (!countAsAbsent) {
      throw failure;
    }
    if (logged.size() < MOST_LOGGED && logged.add(failure.getMessage())) {
      LOG.log(
          Level.WARNING,
          "an entry of "
              + where
              + " counts as absent, as on-undecodable=miss says; further ones for this cause are"
              + " only counted",
          failure);
    }
  }
}
