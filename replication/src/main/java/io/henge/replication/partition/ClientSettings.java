package io.henge.replication.partition;

/**
 * Times and bounds of the caller's side; times in nanoseconds.
 *
 * @param lanes operations that may be under way at once
 * @param timeout after which an operation ends as not done or unknown
 * @param retry after which an unanswered request is sent again, doubled at each attempt
 * @param maxRetry the longest such time
 * @param backoff wait after a refusal, doubled at each
 * @param maxBackoff the longest such wait
 * @param largeBytes a request above this may be under way for long
 * @param keepAlive interval of the sign of life while code runs under a reservation
 */
public record ClientSettings(
    int lanes,
    long timeout,
    long retry,
    long maxRetry,
    long backoff,
    long maxBackoff,
    int largeBytes,
    long keepAlive) {

  /** Usual times with the given operation timeout. */
  public static ClientSettings withTimeout(long timeout) {
    return new ClientSettings(
        256,
        timeout,
        150_000_000L,
        1_000_000_000L,
        2_000_000L,
        50_000_000L,
        1 << 20,
        2_000_000_000L);
  }
}
