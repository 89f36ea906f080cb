package io.henge.replication.store;

/**
 * A committed state of an entry.
 *
 * @param value the value's bytes, null if the entry is absent
 * @param version index of the effect that made it so; 0 if nothing ever did
 */
public record StoredValue(byte[] value, long version) {

  /** What a key holds that was never written. */
  public static final StoredValue ABSENT = new StoredValue(null, 0);

  /** Tells whether there is a value. */
  public boolean present() {
    return value != null;
  }
}
