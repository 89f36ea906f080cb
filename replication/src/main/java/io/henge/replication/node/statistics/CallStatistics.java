package io.henge.replication.node.statistics;

import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;

/**
 * What the callers of one member did with one cache.
 *
 * @param enabled whether operations are counted there at the moment
 * @param hits reads that found an entry
 * @param misses reads that found none
 * @param puts values set
 * @param removals entries removed
 * @param missedEvents how often listeners may have missed events of some partition
 * @param get how long reads took
 * @param put how long writes took
 * @param remove how long removals took
 */
public record CallStatistics(
    boolean enabled,
    long hits,
    long misses,
    long puts,
    long removals,
    long missedEvents,
    Latencies get,
    Latencies put,
    Latencies remove) {

  /** Nothing, not counted. */
  public static final CallStatistics NONE =
      new CallStatistics(false, 0, 0, 0, 0, 0, Latencies.NONE, Latencies.NONE, Latencies.NONE);

  /** These and others; enabled if one of them is. */
  public CallStatistics plus(CallStatistics others) {
    return new CallStatistics(
        enabled || others.enabled,
        hits + others.hits,
        misses + others.misses,
        puts + others.puts,
        removals + others.removals,
        missedEvents + others.missedEvents,
        get.plus(others.get),
        put.plus(others.put),
        remove.plus(others.remove));
  }

  void write(WireWriter writer) {
    writer
        .writeBoolean(enabled)
        .writeVarLong(hits)
        .writeVarLong(misses)
        .writeVarLong(puts)
        .writeVarLong(removals)
        .writeVarLong(missedEvents);
    get.write(writer);
    put.write(writer);
    remove.write(writer);
  }

  static CallStatistics read(WireReader reader) {
    return new CallStatistics(
        reader.readBoolean(),
        reader.readVarLong(),
        reader.readVarLong(),
        reader.readVarLong(),
        reader.readVarLong(),
        reader.readVarLong(),
        Latencies.read(reader),
        Latencies.read(reader),
        Latencies.read(reader));
  }
}
