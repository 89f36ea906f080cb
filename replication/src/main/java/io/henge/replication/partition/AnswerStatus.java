package io.henge.replication.partition;

/** How a primary answers a request. */
public enum AnswerStatus {
  /** Done; a condition, if any, was met. */
  DONE,
  /** Done; the condition was not met. */
  UNCHANGED,
  /** The key is reserved for the caller, whose code may run now. */
  GRANTED,
  /** The processor is running at the primary; said to callers that ask again. */
  RUNNING,
  /** The primary cannot run this processor; nothing was done. */
  NOT_RUNNABLE,
  /** Not the primary as far as this member knows; nothing was done by this attempt. */
  NOT_PRIMARY,
  /**
   * Not now (no lease, queue full, inherited writes, a cache that it has not heard of yet); nothing
   * was done by this attempt.
   */
  RETRY_LATER,
  /** The cache was destroyed; nothing was done by this attempt. */
  CACHE_DROPPED,
  /** The reservation was lost and the entry has changed: run the code again. */
  CONFLICT,
  /** It was done, but its result is no longer remembered. */
  FORGOTTEN
}
