package io.henge.replication.node;

import java.time.Duration;
import java.util.List;

/**
 * Is told the committed changes of one cache, whichever member makes them: those of a partition in
 * their order, each once. All methods but {@link #onOwnChanges} are called by the engine's threads,
 * one at a time, and must neither block nor use the engine.
 */
public interface ChangeListener {

  /** Takes a change; returns false if there is no room for it: it then comes again later. */
  boolean onChange(CacheChange change);

  /** All changes of a partition up to a position were handed over, or told as missed. */
  void onCovered(int partition, long position);

  /**
   * Changes of a partition may be missing, since this member fell too far behind or too many copies
   * failed.
   *
   * @param atMost how many at most, of all caches together; -1 if nobody knows, because the
   *     partition itself was lost
   */
  void onMissed(int partition, long atMost);

  /**
   * This member is out of its cluster: changes are missed until it is in one again. Nothing that
   * was waited for will come.
   */
  void onBreak(String why);

  /**
   * Operations of this member are done and have, or may have, made changes; called by the
   * operations' own thread before it returns to its caller. May wait until these changes were
   * worked off, and may throw, which the operation's caller gets.
   *
   * @param timeout how long an operation may take
   */
  void onOwnChanges(List<ChangePosition> positions, Duration timeout);
}
