package io.henge.replication.node.drill;

import io.henge.replication.partition.ClientResult;
import java.util.BitSet;

/**
 * What became of a probe's writes and reads. Each key is written with numbers that only grow, one
 * operation on it at a time, so that a read of a smaller one than the last that was acknowledged is
 * a lost write. Thread-safe.
 */
public final class ProbeRecord {

  private final long[] acknowledged;
  private final BitSet lost = new BitSet();
  private long writes;
  private long reads;
  private long failed;
  private long retries;
  private long longest;

  /** Creates an empty one for so many keys. */
  public ProbeRecord(int keys) {
    acknowledged = new long[keys];
  }

  /** A write of a number to a key has ended. */
  public synchronized void wrote(int key, long number, ClientResult.Kind kind) {
    switch (kind) {
      case DONE -> {
        writes++;
        acknowledged[key] = number;
      }
      case UNCHANGED, CACHE_DROPPED, NOT_DONE, UNKNOWN -> failed++;
    }
  }

  /**
   * A read of a key has ended.
   *
   * @param number what it gave; 0 if the key was absent, or if it gave nothing
   */
  public synchronized void read(int key, long number, ClientResult.Kind kind) {
    switch (kind) {
      case DONE, UNCHANGED -> {
        reads++;
        if (number < acknowledged[key]) {
          lost.set(key);
        }
      }
      case CACHE_DROPPED, NOT_DONE, UNKNOWN -> failed++;
    }
  }

  /** Operations that were begun together have all ended, after so many nanoseconds. */
  public synchronized void ended(long nanos) {
    longest = Math.max(longest, nanos);
  }

  /** An operation had to be tried again so often. */
  public synchronized void retried(int repeats) {
    retries += repeats;
  }

  /** Writes that were acknowledged. */
  public synchronized long writes() {
    return writes;
  }

  /** Reads that were answered. */
  public synchronized long reads() {
    return reads;
  }

  /** Operations that ended as not done, or of which that is unknown. */
  public synchronized long failed() {
    return failed;
  }

  /** How often operations were tried again. */
  public synchronized long retries() {
    return retries;
  }

  /** The longest operation in nanoseconds. */
  public synchronized long longestNanos() {
    return longest;
  }

  /** Keys that once had an older value than the last that was acknowledged. */
  public synchronized int lost() {
    return lost.cardinality();
  }
}
