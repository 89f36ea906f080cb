package io.henge.jcache.event;

import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.replication.node.CacheChange;
import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;

/**
 * An event as one listener is given it. Key and values are copies of its own, made when it asks for
 * them. Used by one thread at a time.
 */
final class ChangeEvent<K, V> extends CacheEntryEvent<K, V> {

  private static final long serialVersionUID = 1L;

  private final transient CacheChange change;
  private final transient boolean previous;
  private final transient EntryCodec codec;
  private final transient EntryTypes<K, V> types;
  private transient K key;
  private transient V value;
  private transient V oldValue;

  /**
   * Creates the event of a change.
   *
   * @param previous whether the listener asked for old values
   */
  ChangeEvent(
      Cache<K, V> source,
      CacheChange change,
      boolean previous,
      EntryCodec codec,
      EntryTypes<K, V> types) {
    super(source, type(change));
    this.change = change;
    this.previous = previous;
    this.codec = codec;
    this.types = types;
  }

  static EventType type(CacheChange change) {
    return switch (change.kind()) {
      case CREATED -> EventType.CREATED;
      case UPDATED -> EventType.UPDATED;
      case REMOVED -> EventType.REMOVED;
      case EXPIRED -> EventType.EXPIRED;
    };
  }

  @Override
  public K getKey() {
    if (key == null) {
      key = types.key(codec.decode(change.key()));
    }
    return key;
  }

  /** The new value; the last one of an entry that is gone, if old values were asked for. */
  @Override
  public V getValue() {
    if (change.value() == null) {
      return getOldValue();
    }
    if (value == null) {
      value = types.value(codec.decode(change.value()));
    }
    return value;
  }

  @Override
  public V getOldValue() {
    if (oldValue == null && isOldValueAvailable()) {
      oldValue = types.value(codec.decode(change.previous()));
    }
    return oldValue;
  }

  @Override
  public boolean isOldValueAvailable() {
    return previous && change.previous() != null;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new IllegalArgumentException(
        "A cache entry event cannot be unwrapped as " + type.getName());
  }

  /** Shows no key and no value: they may be secret, and cost their decoding. */
  @Override
  public String toString() {
    return getEventType() + " at " + change.partition() + "/" + change.position();
  }
}
