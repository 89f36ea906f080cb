package io.henge.jcache.management;

import java.util.concurrent.atomic.LongAdder;
import javax.cache.management.CacheStatisticsMXBean;

/**
 * What the operations of this member on one cache came to, counted where they are called. Each
 * operation is recorded once, when its outcome is known; one that fails is not, but for processors
 * that were run. Without contention, and thread-safe: a reader that comes during an operation may
 * see it partly counted.
 *
 * <p>Times are those of the calls, in nanoseconds, with the network but without loaders. They are
 * taken only while statistics are enabled.
 */
public final class CacheStatistics implements CacheStatisticsMXBean {

  private static final float NANOS_PER_MICRO = 1_000f;
  private static final float PERCENT = 100f;

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder removals = new LongAdder();
  private final LongAdder getNanos = new LongAdder();
  private final LongAdder putNanos = new LongAdder();
  private final LongAdder removeNanos = new LongAdder();
  private volatile boolean enabled;

  /** Begins or ends counting; what was counted stays. */
  void enable(boolean wanted) {
    enabled = wanted;
  }

  /** Whether operations are counted. */
  public boolean enabled() {
    return enabled;
  }

  /** The time before an operation, for the other methods; 0 while nothing is counted. */
  public long start() {
    return enabled ? System.nanoTime() : 0;
  }

  /** A read of one key. */
  public void read(boolean found, long start) {
    if (enabled) {
      (found ? hits : misses).increment();
      getNanos.add(since(start));
    }
  }

  /** A read of several keys. */
  public void read(long found, long missing, long start) {
    if (enabled) {
      hits.add(found);
      misses.add(missing);
      getNanos.add(since(start));
    }
  }

  /** Values were set, which outlived the operation. */
  public void put(long count, long start) {
    if (enabled && count > 0) {
      puts.add(count);
      putNanos.add(since(start));
    }
  }

  /** Of the values that an operation sets, and is to record, some never came to be entries. */
  public void expiredAtOnce(long count) {
    if (enabled && count > 0) {
      puts.add(-count);
    }
  }

  /** Entries were removed. */
  public void removed(long count, long start) {
    if (enabled && count > 0) {
      removals.add(count);
      removeNanos.add(since(start));
    }
  }

  /** An iterator gave an entry. */
  public void iterated() {
    if (enabled) {
      hits.increment();
    }
  }

  /** A processor was run. */
  public void invoked(EntryEffect effect, long start) {
    read(effect.wasPresent(), start);
    put(effect.put() ? 1 : 0, start);
    removed(effect.removed() ? 1 : 0, start);
  }

  private static long since(long start) {
    return start == 0 ? 0 : Math.max(0, System.nanoTime() - start);
  }

  @Override
  public void clear() {
    hits.reset();
    misses.reset();
    puts.reset();
    removals.reset();
    getNanos.reset();
    putNanos.reset();
    removeNanos.reset();
  }

  @Override
  public long getCacheHits() {
    return hits.sum();
  }

  @Override
  public float getCacheHitPercentage() {
    return percentage(getCacheHits());
  }

  @Override
  public long getCacheMisses() {
    return misses.sum();
  }

  @Override
  public float getCacheMissPercentage() {
    return percentage(getCacheMisses());
  }

  @Override
  public long getCacheGets() {
    return hits.sum() + misses.sum();
  }

  @Override
  public long getCachePuts() {
    return Math.max(0, puts.sum());
  }

  @Override
  public long getCacheRemovals() {
    return removals.sum();
  }

  /** Always 0: entries leave by removal and expiry only, which are no evictions. */
  @Override
  public long getCacheEvictions() {
    return 0;
  }

  /** Microseconds of a read; a read of several keys counts once for each. */
  @Override
  public float getAverageGetTime() {
    return micros(getNanos.sum(), getCacheGets());
  }

  @Override
  public float getAveragePutTime() {
    return micros(putNanos.sum(), getCachePuts());
  }

  @Override
  public float getAverageRemoveTime() {
    return micros(removeNanos.sum(), getCacheRemovals());
  }

  private float percentage(long part) {
    long all = getCacheGets();
    return all == 0 ? 0f : PERCENT * part / all;
  }

  private static float micros(long nanos, long count) {
    return count == 0 ? 0f : nanos / NANOS_PER_MICRO / count;
  }
}
