package io.henge.replication.store;

/**
 * A committed state of an entry.
 *
 * @param value the value's bytes, null if the entry is absent
 * @param version index of the effect that made it so; 0 if nothing ever did
 * @param deadline when the entry expires, in partition time (PROTOCOL 4.7); {@link #NEVER} if it
 *     does not, or is absent
 */
public record StoredValue(byte[] value, long version, long deadline) {

  /** The deadline of what does not expire. */
  public static final long NEVER = Long.MAX_VALUE;

  /** What a key holds that was never written. */
  public static final StoredValue ABSENT = new StoredValue(null, 0);

  /** A state that does not expire. */
  public StoredValue(byte[] value, long version) {
    this(value, version, NEVER);
  }

  /** Tells whether there is a value. */
  public boolean present() {
    return value != null;
  }

  /** Tells whether the deadline has come at a partition time. */
  public boolean expiredAt(long time) {
    return deadline <= time;
  }
}
