package io.henge.jcache.injection;

import io.henge.jcache.annotation.CacheFinder;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;

/**
 * A cache as beans hold it: found, or made, at its first use and again after it was closed, and
 * found again where a passivated bean comes back. Thread-safe.
 */
final class InjectedCache<K, V> implements Cache<K, V>, Serializable {

  private static final long serialVersionUID = 1L;

  /** The container's proxy, which can be serialized. */
  @SuppressWarnings("serial")
  private final CacheManager manager;

  private final String name;
  private final Class<K> keyType;
  private final Class<V> valueType;
  private transient volatile Cache<K, V> found;

  InjectedCache(CacheManager manager, String name, Class<K> keyType, Class<V> valueType) {
    this.manager = manager;
    this.name = name;
    this.keyType = keyType;
    this.valueType = valueType;
  }

  private Cache<K, V> cache() {
    Cache<K, V> cache = found;
    if (cache == null || cache.isClosed()) {
      cache =
          CacheFinder.find(
              manager, name, new MutableConfiguration<K, V>().setTypes(keyType, valueType));
      checkTypes(cache);
      found = cache;
    }
    return cache;
  }

  /** A type that is not declared, on either side, does not matter. */
  @SuppressWarnings("unchecked") // no cast: the class of configurations has parameters
  private void checkTypes(Cache<K, V> cache) {
    Configuration<K, V> declared = cache.getConfiguration(Configuration.class);
    if (!agree(declared.getKeyType(), keyType) || !agree(declared.getValueType(), valueType)) {
      throw new ClassCastException(
          "Cache "
              + name
              + " is declared with keys of "
              + declared.getKeyType().getName()
              + " and values of "
              + declared.getValueType().getName()
              + ", but injected as Cache<"
              + keyType.getName()
              + ", "
              + valueType.getName()
              + ">");
    }
  }

  private static boolean agree(Class<?> declared, Class<?> injected) {
    return declared == Object.class || injected == Object.class || declared == injected;
  }

  @Override
  public V get(K key) {
    return cache().get(key);
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    return cache().getAll(keys);
  }

  @Override
  public boolean containsKey(K key) {
    return cache().containsKey(key);
  }

  @Override
  public void loadAll(
      Set<? extends K> keys, boolean replaceExistingValues, CompletionListener listener) {
    cache().loadAll(keys, replaceExistingValues, listener);
  }

  @Override
  public void put(K key, V value) {
    cache().put(key, value);
  }

  @Override
  public V getAndPut(K key, V value) {
    return cache().getAndPut(key, value);
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    cache().putAll(map);
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    return cache().putIfAbsent(key, value);
  }

  @Override
  public boolean remove(K key) {
    return cache().remove(key);
  }

  @Override
  public boolean remove(K key, V oldValue) {
    return cache().remove(key, oldValue);
  }

  @Override
  public V getAndRemove(K key) {
    return cache().getAndRemove(key);
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    return cache().replace(key, oldValue, newValue);
  }

  @Override
  public boolean replace(K key, V value) {
    return cache().replace(key, value);
  }

  @Override
  public V getAndReplace(K key, V value) {
    return cache().getAndReplace(key, value);
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    cache().removeAll(keys);
  }

  @Override
  public void removeAll() {
    cache().removeAll();
  }

  @Override
  public void clear() {
    cache().clear();
  }

  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    return cache().getConfiguration(type);
  }

  @Override
  public <T> T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    return cache().invoke(key, processor, arguments);
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
    return cache().invokeAll(keys, processor, arguments);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public CacheManager getCacheManager() {
    return cache().getCacheManager();
  }

  /** Closes the cache for the whole application; the next use opens it again. */
  @Override
  public void close() {
    cache().close();
  }

  @Override
  public boolean isClosed() {
    return cache().isClosed();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return cache().unwrap(type);
  }

  @Override
  public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    cache().registerCacheEntryListener(configuration);
  }

  @Override
  public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    cache().deregisterCacheEntryListener(configuration);
  }

  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    return cache().iterator();
  }

  @Override
  public String toString() {
    return "injected cache " + name;
  }
}
