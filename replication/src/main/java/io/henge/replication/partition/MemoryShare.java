package io.henge.replication.partition;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one cache takes in the partitions that this member leads, and how much it may. Shared by
 * their primaries, hence by threads: a bound may be exceeded by what as many of them write at the
 * same moment.
 */
public final class MemoryShare {

  /** One in so many entries or bytes may be too many for a moment, so that partitions even out. */
  private static final int SLACK = 64;

  private final AtomicLong entries = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong evicted = new AtomicLong();
  private volatile Limit limit = new Limit(MemoryBound.NONE, 1, Long.MAX_VALUE);

  /** Copies of each entry if this cache has its part of the member's budget, otherwise 0. */
  private volatile int budgeted;

  private record Limit(MemoryBound bound, int primaries, long largest) {}

  /** Sets what may be taken in the partitions that this member leads, and their number. */
  public void limit(MemoryBound bound, int primaries) {
    limit = new Limit(bound, primaries, bound.bytes());
  }

  /**
   * The cache has no bound of its own: it gets a part of the member's budget.
   *
   * @param copies how many members hold each entry
   * @param primaries number of partitions that this member leads
   */
  public void budget(int copies, int primaries) {
    Limit now = limit;
    limit = new Limit(now.bound(), primaries, now.largest());
    budgeted = copies;
  }

  /** Copies of each entry if it has a part of the member's budget, otherwise 0. */
  int budgeted() {
    return budgeted;
  }

  /**
   * Sets its part of the member's budget.
   *
   * @param mostBytes what it may take for now
   * @param largest what it could take if it were alone
   */
  void grant(long mostBytes, long largest) {
    limit = new Limit(new MemoryBound(Long.MAX_VALUE, mostBytes), limit.primaries(), largest);
  }

  /** A value that takes more is not kept. */
  long largest() {
    return limit.largest();
  }

  /** What may be taken in the partitions that this member leads. */
  public MemoryBound limit() {
    return limit.bound();
  }

  /** Entries in the partitions that this member leads. */
  public long entries() {
    return entries.get();
  }

  /** Bytes that they take. */
  public long bytes() {
    return bytes.get();
  }

  /** Entries that the primaries here evicted so far. */
  public long evicted() {
    return evicted.get();
  }

  /** A primary evicts an entry. */
  void evictedOne() {
    evicted.incrementAndGet();
  }

  /** Whether more is taken than may be. */
  public boolean exceeded() {
    MemoryBound bound = limit.bound();
    return entries.get() > bound.entries() || bytes.get() > bound.bytes();
  }

  /** Something came, or went, or is about to be counted elsewhere. */
  void changed(long moreEntries, long moreBytes) {
    if (moreEntries != 0) {
      entries.addAndGet(moreEntries);
    }
    if (moreBytes != 0) {
      bytes.addAndGet(moreBytes);
    }
  }

  /**
   * Whether a partition has to evict before it takes more. One that holds less than half of what it
   * would if all held the same may exceed the bound a little: the fullest give way to it soon.
   *
   * @param moreEntries what is to come
   * @param ownEntries what the partition holds
   */
  boolean full(long moreEntries, long moreBytes, long ownEntries, long ownBytes) {
    Limit now = limit;
    return full(entries.get() + moreEntries, ownEntries, now.bound().entries(), now.primaries())
        || full(bytes.get() + moreBytes, ownBytes, now.bound().bytes(), now.primaries());
  }

  private static boolean full(long wanted, long own, long most, int primaries) {
    boolean poor = own < most / primaries / 2;
    return most != Long.MAX_VALUE && wanted > (poor ? most + most / SLACK : most);
  }
}
