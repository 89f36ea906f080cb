package io.henge.jcache.management;

import io.henge.replication.node.statistics.CallStatistics;
import io.henge.replication.node.statistics.LatencyRecorder;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.cache.management.CacheStatisticsMXBean;

/**
 * What the operations of this member on one cache came to, counted where they are called. Each
 * operation is recorded once, when its outcome is known; one that fails is not, but for processors
 * that were run. Without contention and allocation, and thread-safe: a reader that comes during an
 * operation may see it partly counted.
 *
 * <p>Times are those of the calls, in nanoseconds, with the network but without loaders. They are
 * taken only while statistics are enabled.
 */
public final class CacheStatistics implements CacheStatisticsMXBean {

  private static final double NANOS_PER_MICRO = 1_000.0;
  private static final float PERCENT = 100f;

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder removals = new LongAdder();
  private final LatencyRecorder gets = new LatencyRecorder();
  private final LatencyRecorder writes = new LatencyRecorder();
  private final LatencyRecorder removes = new LatencyRecorder();
  private final EvictionCount evictions;
  private volatile boolean enabled;

  /**
   * Counts nothing yet.
   *
   * @param evictions how many entries this member has evicted since it is in its cluster
   */
  CacheStatistics(LongSupplier evictions) {
    this.evictions = new EvictionCount(evictions);
  }

  /** Begins or ends counting; what was counted stays. */
  void enable(boolean wanted) {
    enabled = wanted;
    evictions.enable(wanted);
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
      time(gets, start);
    }
  }

  /** A read of several keys. */
  public void readMany(long found, long missing, long start) {
    if (enabled) {
      hits.add(found);
      misses.add(missing);
      time(gets, found + missing, start);
    }
  }

  /** A call for one key; counted if it set a value, which outlived the operation. */
  public void put(boolean done, long start) {
    if (enabled && done) {
      puts.increment();
      time(writes, start);
    }
  }

  /** Values were set by a call for several keys. */
  public void putMany(long count, long start) {
    if (enabled) {
      puts.add(count);
      time(writes, count, start);
    }
  }

  /** Of the values that an operation sets, and is to record, some never came to be entries. */
  public void expiredAtOnce(long count) {
    if (enabled && count > 0) {
      puts.add(-count);
    }
  }

  /** A call for one key; counted if it removed an entry. */
  public void removed(boolean done, long start) {
    if (enabled && done) {
      removals.increment();
      time(removes, start);
    }
  }

  /** Entries were removed by a call for several keys. */
  public void removedMany(long count, long start) {
    if (enabled) {
      removals.add(count);
      time(removes, count, start);
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
    put(effect.put(), start);
    removed(effect.removed(), start);
  }

  /** A processor was run on several entries. */
  public void invokedMany(Collection<EntryEffect> effects, long start) {
    long found = effects.stream().filter(EntryEffect::wasPresent).count();
    readMany(found, effects.size() - found, start);
    putMany(effects.stream().filter(EntryEffect::put).count(), start);
    removedMany(effects.stream().filter(EntryEffect::removed).count(), start);
  }

  private static void time(LatencyRecorder recorder, long start) {
    if (start != 0) {
      recorder.record(System.nanoTime() - start);
    }
  }

  private static void time(LatencyRecorder recorder, long entries, long start) {
    if (start != 0 && entries > 0) {
      recorder.recordMany(entries, System.nanoTime() - start);
    }
  }

  /** All that was counted, for the cluster's figures. */
  CallStatistics calls(long missedEvents) {
    return new CallStatistics(
        enabled,
        hits.sum(),
        misses.sum(),
        getCachePuts(),
        removals.sum(),
        missedEvents,
        gets.latencies(),
        writes.latencies(),
        removes.latencies());
  }

  @Override
  public void clear() {
    hits.reset();
    misses.reset();
    puts.reset();
    removals.reset();
    gets.reset();
    writes.reset();
    removes.reset();
    evictions.reset();
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

  /** Entries that had to make room in the partitions that this member leads. */
  @Override
  public long getCacheEvictions() {
    return evictions.count();
  }

  /** Microseconds of a read; a read of several keys counts once for each. */
  @Override
  public float getAverageGetTime() {
    return average(gets);
  }

  @Override
  public float getAveragePutTime() {
    return average(writes);
  }

  @Override
  public float getAverageRemoveTime() {
    return average(removes);
  }

  private float percentage(long part) {
    long all = getCacheGets();
    return all == 0 ? 0f : PERCENT * part / all;
  }

  private static float average(LatencyRecorder recorder) {
    return (float) (recorder.latencies().average() / NANOS_PER_MICRO);
  }
}
