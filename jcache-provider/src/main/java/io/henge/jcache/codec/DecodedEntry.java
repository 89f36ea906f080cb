package io.henge.jcache.codec;

import javax.cache.Cache;

/** An entry as it was, decoded: of an iteration, or on its way to a writer. */
public record DecodedEntry<K, V>(K key, V value) implements Cache.Entry<K, V> {

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new IllegalArgumentException("An entry cannot be unwrapped as " + type.getName());
  }
}
