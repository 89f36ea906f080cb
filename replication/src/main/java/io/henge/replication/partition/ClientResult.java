package io.henge.replication.partition;

/**
 * How an operation ended for its caller.
 *
 * @param kind done, not done or unknown
 * @param value the value that was asked for, or null
 * @param why for NOT_DONE and UNKNOWN, one plain sentence
 * @param position index of the effect in the partition's log if it may have changed an entry,
 *     otherwise 0: members that listen are told it with the change
 */
public record ClientResult(Kind kind, byte[] value, String why, long position) {

  /** The end of an operation that changed nothing. */
  public ClientResult(Kind kind, byte[] value, String why) {
    this(kind, value, why, 0);
  }

  /** The ways in which an operation ends. */
  public enum Kind {
    /** Done; a condition, if any, was met. For a read: present. */
    DONE,
    /** Done; the condition was not met. For a read: absent. */
    UNCHANGED,
    /** The cache no longer exists; nothing was done. */
    CACHE_DROPPED,
    /** Not done, and never will be. */
    NOT_DONE,
    /** It was sent and not answered in time: done at most once, now or later. */
    UNKNOWN
  }
}
