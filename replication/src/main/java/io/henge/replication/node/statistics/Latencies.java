package io.henge.replication.node.statistics;

import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;

/**
 * Durations as a {@link LatencyRecorder} counted them, in classes at most 12.5 % wide. Immutable.
 */
public final class Latencies {

  /** None. */
  public static final Latencies NONE = new Latencies(0, 0, new long[LatencyClasses.COUNT]);

  private final long nanos;
  private final long others;
  private final long[] counts;

  /**
   * Creates them.
   *
   * @param nanos of all of them
   * @param others entries of calls for many, which are in no class
   * @param counts one for each class; not copied
   */
  Latencies(long nanos, long others, long[] counts) {
    this.nanos = nanos;
    this.others = others;
    this.counts = counts;
  }

  /** The mean for one entry in nanoseconds, calls for many entries included; 0 without any. */
  public double average() {
    long entries = calls() + others;
    return entries == 0 ? 0 : (double) nanos / entries;
  }

  /** How many calls for one entry there are. */
  public long calls() {
    long count = 0;
    for (long each : counts) {
      count += each;
    }
    return count;
  }

  /** These and more. */
  public Latencies plus(Latencies more) {
    long[] sums = counts.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more.counts[i];
    }
    return new Latencies(nanos + more.nanos, others + more.others, sums);
  }

  /**
   * The duration in nanoseconds that a share of the calls for one entry did not exceed, too high by
   * at most 12.5 %; 0 if there are none.
   *
   * @param share above 0, at most 1
   */
  public long percentile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * calls()));
    long passed = 0;
    for (int i = 0; i < counts.length; i++) {
      passed += counts[i];
      if (passed >= rank) {
        return LatencyClasses.most(i);
      }
    }
    return 0;
  }

  /** Writes them: the classes that are not empty. */
  void write(WireWriter writer) {
    writer.writeVarLong(nanos).writeVarLong(others);
    int filled = 0;
    for (long count : counts) {
      filled += count > 0 ? 1 : 0;
    }
    writer.writeVarInt(filled);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        writer.writeVarInt(i).writeVarLong(counts[i]);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  static Latencies read(WireReader reader) {
    long nanos = reader.readVarLong();
    long others = reader.readVarLong();
    long[] counts = new long[LatencyClasses.COUNT];
    for (int left = reader.readVarInt(); left > 0; left--) {
      int index = reader.readVarInt();
      if (index < 0 || index >= counts.length) {
        throw new MalformedFrameException("a class of latencies with the number " + index);
      }
      counts[index] = reader.readVarLong();
    }
    return new Latencies(nanos, others, counts);
  }
}
