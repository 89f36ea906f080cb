package io.henge.replication.simulation;

import java.util.List;

/**
 * The only source of chance in a simulation: SplitMix64 (Steele, Lea and Flood 2014). A purpose
 * gets its own stream by {@link #split}, so that one more draw for the network does not change what
 * the clients do. Not thread-safe.
 */
public final class SeededRandom {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long origin;
  private long state;

  /** Starts the stream of {@code seed}; neighbouring seeds give unrelated streams. */
  public SeededRandom(long seed) {
    this.origin = mix(seed + GOLDEN);
    this.state = origin;
  }

  /** An independent stream for a purpose; does not advance this one. */
  public SeededRandom split(String purpose) {
    return new SeededRandom(origin ^ mix(purpose.hashCode()));
  }

  /** Any long. */
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in 0 (inclusive) to {@code bound} (exclusive, positive). */
  public int below(int bound) {
    return (int) (((nextLong() >>> 33) * bound) >>> 31);
  }

  /** Uniform in {@code low} to {@code high}, both inclusive. */
  public long between(long low, long high) {
    return low + (long) (nextDouble() * (high - low + 1));
  }

  /** Uniform in 0 (inclusive) to 1 (exclusive). */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** True with the given probability. */
  public boolean chance(double probability) {
    return probability > 0 && nextDouble() < probability;
  }

  /** Exponentially distributed with the given mean. */
  public long exponential(double mean) {
    return (long) (-mean * Math.log(1 - nextDouble()));
  }

  /** One of a non-empty list. */
  public <T> T pick(List<T> items) {
    return items.get(below(items.size()));
  }

  private static long mix(long bits) {
    long mixed = bits;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
