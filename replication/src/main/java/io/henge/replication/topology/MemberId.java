package io.henge.replication.topology;

import java.util.UUID;

/**
 * One incarnation of a process: 128 random bits drawn at each start. A restarted process is a new
 * member and never speaks with an old id (PROTOCOL 4.4, invariant I21). The same bits are the
 * member's transport address.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record MemberId(long high, long low) implements Comparable<MemberId> {

  /** Returns the id with the bits of {@code uuid}; drawing the random bits is the caller's task. */
  public static MemberId of(UUID uuid) {
    return new MemberId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  /** Parses what {@link #toString()} prints; throws {@link IllegalArgumentException} otherwise. */
  public static MemberId parse(String text) {
    return of(UUID.fromString(text));
  }

  /** Orders by the bits as unsigned numbers, so that every member sorts alike. */
  @Override
  public int compareTo(MemberId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** The first eight hexadecimal digits, enough for a log line. */
  public String abbreviated() {
    return toString().substring(0, 8);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high * 31 + low);
  }

  @Override
  public String toString() {
    return new UUID(high, low).toString();
  }
}
