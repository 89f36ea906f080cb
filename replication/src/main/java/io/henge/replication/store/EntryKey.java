package io.henge.replication.store;

import java.util.Arrays;

/** A cache's id and a key's bytes; equal by content. The array must never be changed. */
public final class EntryKey {

  private final int cache;
  private final byte[] bytes;
  private final int hash;

  /** Creates the key; the array is handed over. */
  public EntryKey(int cache, byte[] bytes) {
    this.cache = cache;
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes) * 31 + cache;
  }

  /** The cache's id. */
  public int cache() {
    return cache;
  }

  /** The key's bytes, shared. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryKey key
        && hash == key.hash
        && cache == key.cache
        && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return cache + ":" + bytes.length + "B#" + Integer.toHexString(hash);
  }
}
