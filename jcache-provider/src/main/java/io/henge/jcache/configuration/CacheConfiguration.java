package io.henge.jcache.configuration;

import java.util.ArrayList;
import java.util.List;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * A cache's configuration as it was when the cache was made; later changes to the application's
 * object are not seen. Factories stay on the member that gave them: only the names of the types are
 * shared with other members.
 */
public final class CacheConfiguration<K, V> implements CompleteConfiguration<K, V> {

  private static final long serialVersionUID = 1L;

  private final MutableConfiguration<K, V> values;
  private volatile boolean statisticsEnabled;
  private volatile boolean managementEnabled;

  /** As they were given, since some are equal to themselves only. */
  private volatile List<CacheEntryListenerConfiguration<K, V>> listeners = List.of();

  /** Copies a configuration; what a plain one does not say is the default. */
  public CacheConfiguration(Configuration<K, V> configuration) {
    if (configuration instanceof CompleteConfiguration<K, V> complete) {
      values = new MutableConfiguration<>(complete);
      List<CacheEntryListenerConfiguration<K, V>> given = new ArrayList<>();
      complete.getCacheEntryListenerConfigurations().forEach(given::add);
      listeners = List.copyOf(given);
    } else {
      values = new MutableConfiguration<K, V>();
      values.setTypes(configuration.getKeyType(), configuration.getValueType());
      values.setStoreByValue(configuration.isStoreByValue());
    }
    statisticsEnabled = values.isStatisticsEnabled();
    managementEnabled = values.isManagementEnabled();
  }

  /** The configuration of a cache about which only the types are known. */
  public static <K, V> CacheConfiguration<K, V> ofTypes(Class<K> keyType, Class<V> valueType) {
    return new CacheConfiguration<>(new MutableConfiguration<K, V>().setTypes(keyType, valueType));
  }

  /** The same with other types, which the caller knows to agree with these. */
  @SuppressWarnings("unchecked")
  CacheConfiguration<K, V> withTypes(Class<?> keyType, Class<?> valueType) {
    return new CacheConfiguration<>(
        new MutableConfiguration<>(values).setTypes((Class<K>) keyType, (Class<V>) valueType));
  }

  @Override
  public Class<K> getKeyType() {
    return values.getKeyType();
  }

  @Override
  public Class<V> getValueType() {
    return values.getValueType();
  }

  @Override
  public boolean isStoreByValue() {
    return values.isStoreByValue();
  }

  @Override
  public boolean isReadThrough() {
    return values.isReadThrough();
  }

  @Override
  public boolean isWriteThrough() {
    return values.isWriteThrough();
  }

  @Override
  public boolean isStatisticsEnabled() {
    return statisticsEnabled;
  }

  /** Statistics were switched on or off. */
  public void setStatisticsEnabled(boolean enabled) {
    statisticsEnabled = enabled;
  }

  @Override
  public boolean isManagementEnabled() {
    return managementEnabled;
  }

  /** Management was switched on or off. */
  public void setManagementEnabled(boolean enabled) {
    managementEnabled = enabled;
  }

  /** Those that the cache has now, whether they were there from the start or not. */
  @Override
  public Iterable<CacheEntryListenerConfiguration<K, V>> getCacheEntryListenerConfigurations() {
    return listeners;
  }

  /** A listener was registered. */
  public synchronized void add(CacheEntryListenerConfiguration<K, V> listener) {
    List<CacheEntryListenerConfiguration<K, V>> more = new ArrayList<>(listeners);
    more.add(listener);
    listeners = List.copyOf(more);
  }

  /** A listener was deregistered. */
  public synchronized void remove(CacheEntryListenerConfiguration<K, V> listener) {
    listeners =
        listeners.stream()
            .filter(each -> !each.equals(listener) && !listener.equals(each))
            .toList();
  }

  @Override
  public Factory<CacheLoader<K, V>> getCacheLoaderFactory() {
    return values.getCacheLoaderFactory();
  }

  @Override
  public Factory<CacheWriter<? super K, ? super V>> getCacheWriterFactory() {
    return values.getCacheWriterFactory();
  }

  @Override
  public Factory<ExpiryPolicy> getExpiryPolicyFactory() {
    return values.getExpiryPolicyFactory();
  }
}
