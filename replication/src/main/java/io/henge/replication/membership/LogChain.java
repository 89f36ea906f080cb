package io.henge.replication.membership;

import java.util.List;

/**
 * Chains the log's entries by a 64-bit hash, so that two members compare their whole histories by
 * one number. Guards against faults, not against an attacker.
 */
public final class LogChain {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private LogChain() {}

  /**
   * The hash after one more slot. The console's page computes the same ({@code app/data/chain.js});
   * a test of each holds both to the same figures.
   *
   * @param fitted whether each command of the batch took effect: members that judge a command
   *     differently have diverged even though their logs are the same
   */
  public static long next(long chain, long slot, List<byte[]> batch, List<Boolean> fitted) {
    long hash = mix(chain ^ slot * MULTIPLIER);
    for (int i = 0; i < batch.size(); i++) {
      byte[] command = batch.get(i);
      hash = mix(hash ^ ((long) command.length << 1 | (fitted.get(i) ? 1 : 0)));
      long word = 0;
      for (int at = 0; at < command.length; at++) {
        word = word << 8 | (command[at] & 0xFF);
        if ((at & 7) == 7 || at == command.length - 1) {
          hash = mix(hash ^ word);
          word = 0;
        }
      }
    }
    return hash;
  }

  /** The finalizer of SplitMix64: every input bit reaches every output bit. */
  private static long mix(long value) {
    long z = value + MULTIPLIER;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
