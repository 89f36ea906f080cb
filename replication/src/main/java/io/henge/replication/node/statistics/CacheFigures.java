package io.henge.replication.node.statistics;

import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;

/**
 * One member's figures of one cache.
 *
 * @param cache the cache's name in the cluster
 * @param evictions entries that the member evicted from the partitions it led
 * @param calls what its callers did; {@link CallStatistics#NONE} if the cache is not open there
 */
public record CacheFigures(String cache, long evictions, CallStatistics calls) {

  /** Those of a member that has none of the cache. */
  public static CacheFigures none(String cache) {
    return new CacheFigures(cache, 0, CallStatistics.NONE);
  }

  /** These and another member's. */
  public CacheFigures plus(CacheFigures other) {
    return new CacheFigures(cache, evictions + other.evictions, calls.plus(other.calls));
  }

  void write(WireWriter writer) {
    writer.writeString(cache).writeVarLong(evictions);
    calls.write(writer);
  }

  static CacheFigures read(WireReader reader) {
    return new CacheFigures(reader.readString(), reader.readVarLong(), CallStatistics.read(reader));
  }
}
