package io.henge.jcache.processor;

import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.jcache.expiry.EntryLifetimes;
import io.henge.jcache.management.EntryEffect;
import io.henge.replication.node.EntryOutcome;
import io.henge.replication.node.EntryOutcome.Change;
import io.henge.replication.topology.Lifetimes;
import java.util.Objects;
import java.util.function.Function;
import javax.cache.processor.MutableEntry;

/**
 * The entry that a processor works on. Only the net effect counts: setting and then removing an
 * absent entry changes nothing. What the processor changes inside a value that it got is lost
 * unless it sets the value, since caches store by value. Used by one thread.
 */
final class ProcessorEntry<K, V> implements MutableEntry<K, V> {

  private final K key;
  private final byte[] present;
  private final EntryCodec codec;
  private final EntryTypes<K, V> types;
  private final EntryLifetimes lifetimes;

  private final Function<K, V> loader;

  private Change change = Change.NONE;
  private boolean decoded;
  private boolean read;
  private boolean loaded;
  private V value;

  /** In nanoseconds; null to ask the policy. */
  private Long ownLifetime;

  ProcessorEntry(
      K key, byte[] present, EntryCodec codec, EntryTypes<K, V> types, EntryLifetimes lifetimes) {
    this(key, present, codec, types, lifetimes, absent -> null);
  }

  /**
   * Creates the entry.
   *
   * @param loader gives the value of a key that is absent and read, or null
   */
  ProcessorEntry(
      K key,
      byte[] present,
      EntryCodec codec,
      EntryTypes<K, V> types,
      EntryLifetimes lifetimes,
      Function<K, V> loader) {
    this.loader = loader;
    this.key = key;
    this.present = present;
    this.codec = codec;
    this.types = types;
    this.lifetimes = lifetimes;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public boolean exists() {
    return change == Change.SET || (change == Change.NONE && (present != null || loaded));
  }

  @Override
  public V getValue() {
    read = true;
    decode();
    if (change == Change.NONE && present == null && !decoded) {
      value = loader.apply(key);
      decoded = true;
      loaded = value != null;
    }
    return value;
  }

  /** Decodes the value, which is not an access to it. */
  void decode() {
    if (change == Change.NONE && present != null && !decoded) {
      value = types.value(codec.decode(present));
      decoded = true;
    }
  }

  @Override
  public void setValue(V newValue) {
    Objects.requireNonNull(newValue, "the value of a cache entry may not be null");
    types.checkValue(newValue);
    value = newValue;
    change = Change.SET;
  }

  @Override
  public void remove() {
    boolean madeHere = present == null && (loaded || change == Change.SET);
    value = null;
    decoded = true;
    loaded = false;
    change = madeHere ? Change.NONE : Change.REMOVE;
  }

  /**
   * What the code asked to be done to the entry, and so to a store behind the cache: a load is not
   * written back, the removal of an absent entry is told.
   */
  Change asked() {
    return change;
  }

  /** What the code found and did, after an outcome that was stored. */
  EntryEffect effect(EntryOutcome outcome) {
    boolean atOnceExpired = present == null && outcome.lifetime() == 0;
    return new EntryEffect(
        present != null,
        change == Change.SET && !atOnceExpired,
        change == Change.REMOVE && present != null);
  }

  /** The net effect, with the value as it is now. */
  EntryOutcome outcome(byte[] result) {
    Change effect = loaded && change == Change.NONE ? Change.SET : change;
    byte[] encoded = effect == Change.SET ? codec.encodeValue(value) : null;
    return new EntryOutcome(effect, encoded, result, lifetime(effect));
  }

  /** Lets the entry live for a time of its own, in nanoseconds, whatever the policy says. */
  void liveFor(long nanos) {
    ownLifetime = nanos;
  }

  /** The policy is asked about the net effect only. */
  private long lifetime(Change effect) {
    if (ownLifetime != null && effect != Change.REMOVE) {
      return ownLifetime;
    }
    return switch (effect) {
      case SET -> lifetimes.written(present != null);
      case NONE -> read && present != null ? lifetimes.access() : Lifetimes.UNCHANGED;
      case REMOVE -> Lifetimes.UNCHANGED;
    };
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new IllegalArgumentException("An entry cannot be unwrapped as " + type.getName());
  }
}
