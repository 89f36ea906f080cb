package io.henge.jcache;

import io.henge.jcache.configuration.CacheConfiguration;
import io.henge.jcache.expiry.EntryLifetimes;
import io.henge.replication.node.CacheSettings;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;
import javax.cache.CacheException;
import javax.cache.configuration.Configuration;

/**
 * What all members know of a cache beside its entries: names, never classes, so that a member
 * without the application can carry it.
 *
 * @param keyType name of the declared type of the keys
 * @param valueType name of the declared type of the values
 * @param settings how its entries are kept
 * @param expiry what its entries live, as {@link io.henge.jcache.expiry.EntryLifetimes#text} has
 *     it; each member's operations go by its own
 * @param incarnation tells a cache from one that was made again under its name
 */
record CacheDeclaration(
    String keyType, String valueType, CacheSettings settings, String expiry, String incarnation) {

  private static final String KEY_TYPE = "jcache.key-type";
  private static final String VALUE_TYPE = "jcache.value-type";
  private static final String EXPIRY = "jcache.expiry";
  private static final String INCARNATION = "jcache.incarnation";

  /** What a member that makes a cache tells the others. */
  static CacheDeclaration of(
      Configuration<?, ?> configuration, CacheSettings settings, EntryLifetimes lifetimes) {
    return new CacheDeclaration(
        configuration.getKeyType().getName(),
        configuration.getValueType().getName(),
        settings,
        lifetimes.text(),
        UUID.randomUUID().toString());
  }

  /**
   * What the member that made a cache told; empty if it was not made through JCache.
   *
   * @param own this member's settings, for what each member has for itself
   */
  static Optional<CacheDeclaration> of(SortedMap<String, String> attributes, CacheSettings own) {
    if (attributes == null || !attributes.containsKey(INCARNATION)) {
      return Optional.empty();
    }
    return Optional.of(
        new CacheDeclaration(
            attributes.get(KEY_TYPE),
            attributes.get(VALUE_TYPE),
            own.withShared(attributes),
            attributes.get(EXPIRY),
            attributes.get(INCARNATION)));
  }

  SortedMap<String, String> attributes() {
    SortedMap<String, String> attributes = new TreeMap<>();
    attributes.put(KEY_TYPE, keyType);
    attributes.put(VALUE_TYPE, valueType);
    attributes.putAll(settings.shared());
    attributes.put(EXPIRY, expiry);
    attributes.put(INCARNATION, incarnation);
    return attributes;
  }

  /** The configuration for a member that knows no more of the cache than this. */
  CacheConfiguration<?, ?> configuration(String cacheName, ClassLoader loader) {
    return CacheConfiguration.ofTypes(
        load(keyType, cacheName, loader), load(valueType, cacheName, loader));
  }

  /** Refuses to use a cache otherwise than it was made. */
  void checkAgrees(String cacheName, CacheDeclaration wanted) {
    if (!keyType.equals(wanted.keyType)
        || !valueType.equals(wanted.valueType)
        || !settings.shared().equals(wanted.settings.shared())) {
      throw new CacheException(
          "Cache "
              + cacheName
              + " exists in the cluster with "
              + this
              + ", but is declared here with "
              + wanted
              + "; declare it alike on all members, or destroy it before");
    }
  }

  /**
   * Refuses to hand out a cache as one of other types.
   *
   * @throws ClassCastException as the reference implementation and its tests have it
   */
  static void checkAsked(
      String cacheName, Configuration<?, ?> declared, Class<?> keyType, Class<?> valueType) {
    for (List<Class<?>> pair :
        List.of(
            List.<Class<?>>of(declared.getKeyType(), keyType),
            List.<Class<?>>of(declared.getValueType(), valueType))) {
      if (!pair.get(0).equals(pair.get(1))) {
        throw new ClassCastException(
            "Cache "
                + cacheName
                + " is declared with "
                + types(declared.getKeyType().getName(), declared.getValueType().getName())
                + ", but asked for with "
                + types(keyType.getName(), valueType.getName()));
      }
    }
  }

  @Override
  public String toString() {
    StringJoiner shown = new StringJoiner(", ", types(keyType, valueType) + " and ", "");
    settings
        .shared()
        .forEach(
            (name, value) ->
                shown.add(name.substring(CacheSettings.SHARED_PREFIX.length()) + ": " + value));
    return shown.toString();
  }

  private static String types(String keyType, String valueType) {
    return "keys of " + keyType + " and values of " + valueType;
  }

  private static Class<?> load(String type, String cacheName, ClassLoader loader) {
    try {
      return Class.forName(type, false, loader);
    } catch (ClassNotFoundException e) {
      throw new CacheException(
          "Cache "
              + cacheName
              + " was made by another member with "
              + type
              + ", which is not known to "
              + loader
              + "; deploy the class here too",
          e);
    }
  }
}
