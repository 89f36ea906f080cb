package io.henge.replication.partition;

/**
 * How an operation ended for its caller.
 *
 * @param kind done, not done or unknown
 * @param value the value that was asked for, or null
 * @param why for NOT_DONE and UNKNOWN, one plain sentence
 */
public record ClientResult(Kind kind, byte[] value, String why) {

  /** The ways in which an operation ends. */
  public enum Kind {
    /** Done; a condition, if any, was met. For a read: present. */
    DONE,
    /** Done; the condition was not met. For a read: absent. */
    UNCHANGED,
    /** The cache no longer exists; nothing was done. */
    CACHE_UNKNOWN,
    /** Not done, and never will be. */
    NOT_DONE,
    /** It was sent and not answered in time: done at most once, now or later. */
    UNKNOWN
  }
}
