package io.henge.jcache;

import static java.util.Objects.requireNonNull;

import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.codec.UndecodableEntries;
import io.henge.jcache.configuration.CacheConfiguration;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.jcache.event.CacheListeners;
import io.henge.jcache.expiry.EntryLifetimes;
import io.henge.jcache.integration.CacheIntegration;
import io.henge.jcache.management.CacheManagement;
import io.henge.jcache.management.CacheStatistics;
import io.henge.jcache.processor.ProcessorInvoker;
import io.henge.replication.node.ReplicatedCache;
import io.henge.replication.node.statistics.CallStatistics;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;

/**
 * A cache whose entries are spread over the cluster. This class knows the duties that all methods
 * share, in the specification's order: the cache is open, nothing is null, the types are as
 * declared; the work is done by {@link EntryStore} and {@link ProcessorInvoker}. Thread-safe.
 */
final class ClusteredCache<K, V> implements Cache<K, V> {

  private final HengeCacheManager manager;
  private final String name;
  private final CacheConfiguration<K, V> configuration;
  private final EntryTypes<K, V> types;
  private final GuardedCache engine;
  private final EntryCodec codec;
  private final EntryLifetimes lifetimes;
  private final EntryStore<K, V> entries;
  private final ProcessorInvoker<K, V> processors;
  private final CacheIntegration<K, V> integration;
  private final CacheListeners<K, V> listeners;
  private final CacheManagement management;
  private final AtomicBoolean closed = new AtomicBoolean();

  ClusteredCache(
      HengeCacheManager manager,
      String name,
      CacheConfiguration<K, V> configuration,
      GuardedCache engine,
      EntryCodec codec,
      EntryLifetimes lifetimes,
      CacheIntegration<K, V> integration,
      CacheListeners.Source changes,
      LongSupplier evictions) {
    this.manager = manager;
    this.name = name;
    this.configuration = configuration;
    this.types = EntryTypes.of(configuration);
    this.engine = engine;
    this.codec = codec;
    this.lifetimes = lifetimes;
    this.integration = integration;
    this.management = new CacheManagement(manager.getURI(), name, configuration, evictions);
    CacheStatistics statistics = management.statistics();
    ReplicatedCache store =
        lifetimes.asked() || lifetimes.constant().creation() == 0 || integration.writer() != null
            ? new ReservingCache(engine, lifetimes, integration.writer(), statistics)
            : engine;
    this.entries = new EntryStore<>(store, codec, types, lifetimes, statistics);
    this.processors =
        new ProcessorInvoker<>(engine, codec, types, lifetimes, integration, statistics);
    this.listeners =
        new CacheListeners<>(() -> this, name, codec, types, manager.getClassLoader(), changes);
  }

  @Override
  public V get(K key) {
    check(key);
    V value = entries.get(key);
    return value == null && integration.readThrough() != null
        ? integration.readThrough().load(key)
        : value;
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    check(keys);
    Map<K, V> found = entries.getAll(keys);
    if (integration.readThrough() != null && found.size() < keys.size()) {
      Set<K> missing = new LinkedHashSet<>(keys);
      missing.removeAll(found.keySet());
      found.putAll(integration.readThrough().loadMissing(missing));
    }
    return found;
  }

  @Override
  public boolean containsKey(K key) {
    check(key);
    return entries.containsKey(key);
  }

  @Override
  public void loadAll(
      Set<? extends K> keys, boolean replaceExistingValues, CompletionListener listener) {
    check(keys);
    integration.loadAll(keys, replaceExistingValues, listener);
  }

  @Override
  public void put(K key, V value) {
    check(key, value);
    entries.put(key, value);
  }

  @Override
  public V getAndPut(K key, V value) {
    check(key, value);
    return entries.getAndPut(key, value);
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    ensureOpen();
    requireNonNull(map, "the map may not be null");
    map.forEach(this::check);
    entries.putAll(map);
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    check(key, value);
    return entries.putIfAbsent(key, value);
  }

  @Override
  public boolean remove(K key) {
    check(key);
    return entries.remove(key);
  }

  @Override
  public boolean remove(K key, V oldValue) {
    check(key, oldValue);
    return entries.remove(key, oldValue);
  }

  @Override
  public V getAndRemove(K key) {
    check(key);
    return entries.getAndRemove(key);
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    check(key, oldValue);
    check(key, newValue);
    return entries.replace(key, oldValue, newValue);
  }

  @Override
  public boolean replace(K key, V value) {
    check(key, value);
    return entries.replace(key, value);
  }

  @Override
  public V getAndReplace(K key, V value) {
    check(key, value);
    return entries.getAndReplace(key, value);
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    check(keys);
    entries.removeAll(keys);
  }

  /** Removes one after the other: listeners, wherever they are, and the writer are told each. */
  @Override
  public void removeAll() {
    ensureOpen();
    entries.removeAll();
  }

  @Override
  public void clear() {
    ensureOpen();
    entries.clear();
  }

  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    if (type.isInstance(configuration)) {
      return type.cast(configuration);
    }
    throw new IllegalArgumentException(
        "The configuration of cache "
            + name
            + " cannot be had as "
            + type.getName()
            + "; ask for javax.cache.configuration.CompleteConfiguration");
  }

  @Override
  public <T> T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    check(key);
    requireNonNull(processor, "the entry processor may not be null");
    return processors.invoke(key, processor, arguments);
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
    check(keys);
    requireNonNull(processor, "the entry processor may not be null");
    return processors.invokeAll(keys, processor, arguments);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public CacheManager getCacheManager() {
    return manager;
  }

  /** Ends the use of the cache by this manager; the entries stay in the cluster. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      manager.release(this);
      closeCustomizations();
    }
  }

  /** The configuration, for the manager. */
  CacheConfiguration<K, V> configuration() {
    return configuration;
  }

  /** The statistics and the MXBeans, for the manager. */
  CacheManagement management() {
    return management;
  }

  /** What this member's operations came to, for the cluster's figures. */
  CallStatistics calls() {
    return management.calls(listeners.missed());
  }

  /** Closes and says yes if another member has destroyed the cache. */
  boolean closedBecauseDestroyed() {
    if (engine.destroyed()) {
      close();
    }
    return isClosed();
  }

  /** Closes without telling the manager, for the manager. */
  void markClosed() {
    if (closed.compareAndSet(false, true)) {
      closeCustomizations();
    }
  }

  private void closeCustomizations() {
    listeners.close();
    management.close();
    integration.close();
    lifetimes.close();
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  private long size() {
    ensureOpen();
    return engine.size();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    if (type.isInstance(engine)) {
      return type.cast(engine);
    }
    if (type == HengeCache.class) {
      return type.cast(manager.extend(this, codec, this::size));
    }
    if (type == UndecodableEntries.class) {
      return type.cast(codec.undecodable());
    }
    throw new IllegalArgumentException("A cache cannot be unwrapped as " + type.getName());
  }

  @Override
  public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
    ensureOpen();
    listeners.register(requireNonNull(listener, "the listener configuration may not be null"));
    configuration.add(listener);
  }

  @Override
  public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
    ensureOpen();
    requireNonNull(listener, "the listener configuration may not be null");
    if (listeners.deregister(listener)) {
      configuration.remove(listener);
    }
  }

  /**
   * Begins what the cache is configured with: listeners, statistics; called once, before its use.
   */
  void begin() {
    configuration.getCacheEntryListenerConfigurations().forEach(listeners::register);
    management.begin();
  }

  /** The cache was made again in another cluster. */
  void reopened() {
    listeners.listenAgain();
  }

  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    ensureOpen();
    return new EntryIterator<>(entries.iterator(), this::ensureOpen, this::remove);
  }

  @Override
  public String toString() {
    return "Cache[" + name + " of " + manager.getURI() + (isClosed() ? ", closed]" : "]");
  }

  private void ensureOpen() {
    if (closed.get()) {
      throw new IllegalStateException(
          "Cache " + name + " is closed; get it from its manager again");
    }
  }

  private void check(K key) {
    ensureOpen();
    types.checkKey(requireNonNull(key, "the key may not be null"));
  }

  private void check(K key, V value) {
    check(key);
    types.checkValue(requireNonNull(value, "the value may not be null"));
  }

  private void check(Set<? extends K> keys) {
    ensureOpen();
    requireNonNull(keys, "the set of keys may not be null");
    for (K key : keys) {
      types.checkKey(requireNonNull(key, "a key may not be null"));
    }
  }
}
