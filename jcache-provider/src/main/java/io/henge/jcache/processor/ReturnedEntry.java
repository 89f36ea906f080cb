package io.henge.jcache.processor;

import javax.cache.processor.MutableEntry;

/**
 * The entry as a processor left it, for a processor that returns its entry. The operation is over:
 * it can be read but not changed.
 */
record ReturnedEntry<K, V>(K key, V value) implements MutableEntry<K, V> {

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public boolean exists() {
    return value != null;
  }

  @Override
  public void setValue(V newValue) {
    throw over();
  }

  @Override
  public void remove() {
    throw over();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new IllegalArgumentException("An entry cannot be unwrapped as " + type.getName());
  }

  private static IllegalStateException over() {
    return new IllegalStateException(
        "The entry processor is over; change the entry inside process(), or through the cache");
  }
}
