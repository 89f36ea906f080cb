package io.henge.replication.insight;

import io.henge.replication.membership.LogEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last slots of the log as they were decided, each following the one before: at most {@value
 * #SLOTS}, and at most {@value #BYTES} bytes of commands. Not thread-safe.
 */
public final class EntryHistory {

  /** How many slots are kept at most. */
  public static final int SLOTS = 4096;

  /** About how many bytes of commands are kept at most, but for the newest slot's. */
  public static final int BYTES = 1 << 19;

  /** About what a slot takes beside the bytes of its commands, and each command beside its own. */
  private static final int OVERHEAD = 64;

  private static final int COMMAND_OVERHEAD = 24;

  private final Deque<LogEntry> entries = new ArrayDeque<>();
  private long bytes;

  /** Keeps an entry. One that does not follow the newest makes the history begin anew. */
  public void add(LogEntry entry) {
    LogEntry newest = entries.peekLast();
    if (newest != null && (entry.slot() != newest.slot() + 1 || entry.before() != newest.chain())) {
      entries.clear();
      bytes = 0;
    }
    entries.addLast(entry);
    bytes += bytes(entry);
    while (entries.size() > SLOTS || (bytes > BYTES && entries.size() > 1)) {
      bytes -= bytes(entries.removeFirst());
    }
  }

  private static long bytes(LogEntry entry) {
    return OVERHEAD + (long) COMMAND_OVERHEAD * entry.commands().size() + entry.bytes();
  }

  /** Those after a slot, oldest first, at most {@code limit}. */
  public List<LogEntry> after(long slot, int limit) {
    return entries.stream().filter(entry -> entry.slot() > slot).limit(limit).toList();
  }
}
