package io.henge.jcache.configuration;

import javax.cache.configuration.Configuration;

/**
 * The declared types of a cache, {@link Object} where it declares none, and the checks against
 * them.
 */
public record EntryTypes<K, V>(Class<K> keyType, Class<V> valueType) {

  /** The types that a configuration declares. */
  public static <K, V> EntryTypes<K, V> of(Configuration<K, V> configuration) {
    return new EntryTypes<>(configuration.getKeyType(), configuration.getValueType());
  }

  /**
   * Checks a key that the application hands in.
   *
   * @throws ClassCastException if it is not of the declared type
   */
  public void checkKey(Object key) {
    check(key, keyType, "key");
  }

  /**
   * Checks a value that the application hands in.
   *
   * @throws ClassCastException if it is not of the declared type
   */
  public void checkValue(Object value) {
    check(value, valueType, "value");
  }

  /**
   * The decoded object as a key.
   *
   * @throws ClassCastException if it is not of the declared type
   */
  @SuppressWarnings("unchecked") // checked against the declared type; undeclared types are Object
  public K key(Object decoded) {
    checkKey(decoded);
    return (K) decoded;
  }

  /**
   * The decoded object as a value.
   *
   * @throws ClassCastException if it is not of the declared type
   */
  @SuppressWarnings("unchecked") // checked against the declared type; undeclared types are Object
  public V value(Object decoded) {
    checkValue(decoded);
    return (V) decoded;
  }

  private static void check(Object object, Class<?> type, String what) {
    if (!type.isInstance(object)) {
      throw new ClassCastException(
          "The "
              + what
              + " is a "
              + object.getClass().getName()
              + ", but the cache is declared with "
              + what
              + "s of "
              + type.getName());
    }
  }
}
