package io.henge.replication.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The place of an encoded key on the 64-bit ring. The function is XXH64 with seed 0, written from
 * its public specification, so that a client in any language can compute it with a library at hand.
 * It is a part of the protocol: all members of a cluster must agree on it for ever.
 */
public final class KeyHash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;
  private static final long PRIME_1_PLUS_2 = 0x60EA27EEADC0B5D6L;
  private static final int STRIPE = 32;

  private KeyHash() {}

  /** Returns the key's point on the ring, uniform over all 64 bits; allocates nothing. */
  public static long hash(byte[] key) {
    int at = 0;
    long hash;
    if (key.length >= STRIPE) {
      long first = PRIME_1_PLUS_2;
      long second = PRIME_2;
      long third = 0;
      long fourth = -PRIME_1;
      for (; at <= key.length - STRIPE; at += STRIPE) {
        first = round(first, (long) LONGS.get(key, at));
        second = round(second, (long) LONGS.get(key, at + 8));
        third = round(third, (long) LONGS.get(key, at + 16));
        fourth = round(fourth, (long) LONGS.get(key, at + 24));
      }
      hash =
          Long.rotateLeft(first, 1)
              + Long.rotateLeft(second, 7)
              + Long.rotateLeft(third, 12)
              + Long.rotateLeft(fourth, 18);
      hash = merge(hash, first);
      hash = merge(hash, second);
      hash = merge(hash, third);
      hash = merge(hash, fourth);
    } else {
      hash = PRIME_5;
    }
    return mix(tail(hash + key.length, key, at));
  }

  /**
   * Returns the partition of {@code key}: the number of the arc that its hash lies on, when the
   * ring is cut into {@code partitions} equal arcs.
   *
   * @param partitions how many there are, at least 1
   */
  public static int partition(byte[] key, int partitions) {
    return arcOf(hash(key), partitions);
  }

  /** Scales the unsigned point to 0 … partitions − 1; uniform, and cheaper than a remainder. */
  static int arcOf(long point, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "The number of partitions must be at least 1, but is " + partitions + ".");
    }
    long signedHigh = Math.multiplyHigh(point, partitions);
    // multiplyHigh reads the point as signed: a set top bit then costs one times the other factor.
    return (int) (signedHigh + ((point >> 63) & partitions));
  }

  /** XXH64's avalanche: every bit of the argument changes about half of the result's bits. */
  static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * PRIME_2;
    mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
    return mixed ^ (mixed >>> 32);
  }

  private static long tail(long start, byte[] key, int from) {
    long hash = start;
    int at = from;
    for (; at <= key.length - 8; at += 8) {
      hash = Long.rotateLeft(hash ^ round(0, (long) LONGS.get(key, at)), 27) * PRIME_1 + PRIME_4;
    }
    if (at <= key.length - 4) {
      long word = (int) INTS.get(key, at) & 0xFFFF_FFFFL;
      hash = Long.rotateLeft(hash ^ (word * PRIME_1), 23) * PRIME_2 + PRIME_3;
      at += 4;
    }
    for (; at < key.length; at++) {
      hash = Long.rotateLeft(hash ^ ((key[at] & 0xFF) * PRIME_5), 11) * PRIME_1;
    }
    return hash;
  }

  private static long round(long accumulator, long word) {
    return Long.rotateLeft(accumulator + word * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long accumulator) {
    return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
  }
}
