package io.henge.jcache;

import static java.util.Objects.requireNonNull;

import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.codec.ObjectCodec;
import io.henge.jcache.codec.ReferenceCodec;
import io.henge.jcache.configuration.CacheConfiguration;
import io.henge.jcache.configuration.CacheSetting;
import io.henge.jcache.configuration.CacheSettingsReader;
import io.henge.jcache.configuration.CodecSettingsReader;
import io.henge.jcache.configuration.ConfiguredExpiry;
import io.henge.jcache.configuration.DefinedCaches;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.jcache.configuration.LocalMode;
import io.henge.jcache.configuration.MemberSettings;
import io.henge.jcache.configuration.Settings;
import io.henge.jcache.event.CacheListeners;
import io.henge.jcache.expiry.EntryLifetimes;
import io.henge.jcache.integration.CacheIntegration;
import io.henge.jcache.management.CacheManagement;
import io.henge.jcache.processor.PrimaryProcessorHost;
import io.henge.replication.node.CacheSettings;
import io.henge.replication.node.ChangeListener;
import io.henge.replication.node.Engine;
import io.henge.replication.node.EntryHolders;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;

/**
 * The caches of one URI of one application. Those that other members made under the URI can be got
 * here too. Thread-safe; what is open is found without a lock.
 */
final class HengeCacheManager implements CacheManager {

  private final HengeCachingProvider provider;
  private final NameSpace names;
  private final ClassLoader loader;
  private final Properties properties;
  private final Settings settings;
  private final DefinedCaches definitions;
  private final Engine engine;
  private final boolean local;
  private final AsynchronousCalls calls;

  private final Map<String, ClusteredCache<?, ?>> caches = new ConcurrentHashMap<>();

  /** Guards the opening and closing of caches. */
  private final Object lifecycle = new Object();

  private volatile boolean closed;

  HengeCacheManager(
      HengeCachingProvider provider,
      URI uri,
      ClassLoader loader,
      Properties properties,
      Settings settings,
      Engine engine) {
    this.provider = provider;
    this.names = new NameSpace(uri);
    this.loader = loader;
    this.properties = properties;
    this.settings = settings;
    this.definitions = new DefinedCaches(settings, loader);
    this.engine = engine;
    this.local = LocalMode.is(settings);
    this.calls = new AsynchronousCalls(loader);
  }

  @Override
  public CachingProvider getCachingProvider() {
    return provider;
  }

  @Override
  public URI getURI() {
    return names.uri();
  }

  @Override
  public ClassLoader getClassLoader() {
    return loader;
  }

  /** The properties that the manager was opened with; changing them has no effect. */
  @Override
  public Properties getProperties() {
    return properties;
  }

  /**
   * Makes a cache, or attaches to the one that another member made under the name.
   *
   * @throws CacheException if this manager has the cache already, or another member made it
   *     otherwise
   */
  @Override
  public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      String cacheName, C configuration) {
    ensureOpen();
    requireNonNull(cacheName, "the name of the cache may not be null");
    requireNonNull(configuration, "the configuration may not be null");
    CacheConfiguration<K, V> copy =
        definitions.agreeing(cacheName, new CacheConfiguration<>(configuration));
    CacheSettings cacheSettings = CacheSettingsReader.read(settings, cacheName);
    synchronized (lifecycle) {
      ensureOpen();
      ClusteredCache<?, ?> open = caches.get(cacheName);
      if (open != null && !open.closedBecauseDestroyed()) {
        throw new CacheException(
            "Cache " + cacheName + " exists already; get it by getCache, or destroy it before");
      }
      CacheIntegration<K, V> integration = new CacheIntegration<>(cacheName, copy);
      EntryLifetimes lifetimes = null;
      try {
        lifetimes = lifetimes(cacheName, copy);
        return open(
            cacheName,
            copy,
            CacheDeclaration.of(copy, cacheSettings, lifetimes),
            lifetimes,
            integration);
      } catch (RuntimeException notOpened) {
        integration.close();
        if (lifetimes != null) {
          lifetimes.close();
        }
        throw notOpened;
      }
    }
  }

  @Override
  public <K, V> Cache<K, V> getCache(String cacheName, Class<K> keyType, Class<V> valueType) {
    ensureOpen();
    requireNonNull(keyType, "the type of the keys may not be null");
    requireNonNull(valueType, "the type of the values may not be null");
    ClusteredCache<K, V> cache = find(cacheName);
    if (cache != null) {
      CacheDeclaration.checkAsked(cacheName, cache.configuration(), keyType, valueType);
    }
    return cache;
  }

  @Override
  public <K, V> Cache<K, V> getCache(String cacheName) {
    ensureOpen();
    return find(cacheName);
  }

  /** The caches that are open here; a cache of another member is so once it was got or created. */
  @Override
  public Iterable<String> getCacheNames() {
    ensureOpen();
    return Collections.unmodifiableSet(new TreeSet<>(caches.keySet()));
  }

  /** Drops a cache and its entries on all members, whether it is open here or not. */
  @Override
  public void destroyCache(String cacheName) {
    ensureOpen();
    requireNonNull(cacheName, "the name of the cache may not be null");
    synchronized (lifecycle) {
      ensureOpen();
      ClusteredCache<?, ?> open = caches.remove(cacheName);
      if (open != null) {
        open.markClosed();
      }
      EngineFailures.translating(
          () -> {
            engine.destroyCache(names.clusterName(cacheName));
            return true;
          });
    }
  }

  /** Shows or takes away the MXBean with the configuration of a cache. */
  @Override
  public void enableManagement(String cacheName, boolean enabled) {
    management(cacheName).enableManagement(enabled);
  }

  /** Begins or ends counting this member's operations, and shows or takes away the MXBean. */
  @Override
  public void enableStatistics(String cacheName, boolean enabled) {
    management(cacheName).enableStatistics(enabled);
  }

  /** Closes the caches here; their entries and other members stay as they are. */
  @Override
  public void close() {
    if (!closed) {
      provider.close(this);
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    if (type.isInstance(engine)) {
      return type.cast(engine);
    }
    throw new IllegalArgumentException("A cache manager cannot be unwrapped as " + type.getName());
  }

  @Override
  public String toString() {
    return "CacheManager[" + getURI() + (closed ? ", closed]" : "]");
  }

  /** What Henge adds to a cache. */
  <K, V> HengeCache<K, V> extend(ClusteredCache<K, V> cache, EntryCodec codec, LongSupplier size) {
    return new ExtendedCache<>(
        cache, calls, size, key -> locate(cache.getName(), codec.encodeKey(key)));
  }

  private KeyHolders locate(String cacheName, byte[] key) {
    ensureOpen();
    EntryHolders holders = engine.locate(names.clusterName(cacheName), key);
    if (holders == null) {
      throw new IllegalStateException(
          "Cache " + cacheName + " is not in the cluster as this member knows it at the moment");
    }
    return new KeyHolders(
        holders.partition(), holders.primary(), holders.backups(), holders.local());
  }

  /** Ends the use of a cache that was closed; nobody else has the entries of a local one. */
  void release(ClusteredCache<?, ?> cache) {
    synchronized (lifecycle) {
      if (caches.remove(cache.getName(), cache)) {
        String name = names.clusterName(cache.getName());
        if (local) {
          engine.destroyCache(name);
        } else {
          engine.closeCache(name);
        }
      }
    }
  }

  /** Closes for good; called once by the provider. */
  void closeCaches() {
    synchronized (lifecycle) {
      closed = true;
      List<ClusteredCache<?, ?>> open = new ArrayList<>(caches.values());
      open.forEach(Cache::close);
      calls.close();
    }
  }

  private CacheManagement management(String cacheName) {
    ensureOpen();
    ClusteredCache<?, ?> cache = find(cacheName);
    if (cache == null) {
      throw new CacheException("There is no cache " + cacheName + "; create it before");
    }
    return cache.management();
  }

  private <K, V> ClusteredCache<K, V> find(String cacheName) {
    requireNonNull(cacheName, "the name of the cache may not be null");
    ClusteredCache<?, ?> open = caches.get(cacheName);
    return cast(open != null ? open : attach(cacheName));
  }

  /** Opens a cache that is configured or that another member made; null if there is none. */
  private ClusteredCache<?, ?> attach(String cacheName) {
    synchronized (lifecycle) {
      ensureOpen();
      ClusteredCache<?, ?> open = caches.get(cacheName);
      if (open != null) {
        return open;
      }
      CacheConfiguration<?, ?> defined = definitions.find(cacheName).orElse(null);
      if (defined != null) {
        createCache(cacheName, defined);
        return caches.get(cacheName);
      }
      CacheDeclaration made =
          CacheOpener.declared(
                  engine,
                  names.clusterName(cacheName),
                  CacheSettingsReader.read(settings, cacheName))
              .orElse(null);
      return made == null
          ? null
          : open(
              cacheName,
              made,
              definitions.agreeing(cacheName, made.configuration(cacheName, loader)));
    }
  }

  private <K, V> ClusteredCache<K, V> open(
      String cacheName, CacheDeclaration made, CacheConfiguration<K, V> configuration) {
    return open(
        cacheName,
        configuration,
        made,
        EntryLifetimes.ofText(cacheName, made.expiry()),
        new CacheIntegration<>(cacheName, configuration));
  }

  private <K, V> ClusteredCache<K, V> open(
      String cacheName,
      CacheConfiguration<K, V> configuration,
      CacheDeclaration wanted,
      EntryLifetimes lifetimes,
      CacheIntegration<K, V> integration) {
    EntryTypes<K, V> types = EntryTypes.of(configuration);
    String clusterName = names.clusterName(cacheName);
    EntryCodec codec = codec(cacheName, configuration, types, wanted.settings());
    PrimaryProcessorHost<K, V> host = new PrimaryProcessorHost<>(codec, types, lifetimes);
    GuardedCache store =
        new GuardedCache(
            new CacheOpener(engine, cacheName, clusterName, wanted, lifetimes.constant(), host),
            codec);
    integration.connect(store, codec, lifetimes, MemberSettings.read(settings).operationTimeout());
    ClusteredCache<K, V> cache =
        new ClusteredCache<>(
            this,
            cacheName,
            configuration,
            store,
            codec,
            lifetimes,
            integration,
            changes(clusterName),
            () -> engine.evictions(clusterName));
    store.onDestroyed(cache::close);
    store.onReopened(cache::reopened);
    caches.put(cacheName, cache);
    engine.count(clusterName, cache::calls);
    boolean begun = false;
    try {
      cache.begin();
      begun = true;
    } finally {
      if (!begun) {
        cache.close();
      }
    }
    return cache;
  }

  private EntryCodec codec(
      String cacheName,
      CacheConfiguration<?, ?> configuration,
      EntryTypes<?, ?> types,
      CacheSettings cacheSettings) {
    String where = "cache " + cacheName;
    if (!local || configuration.isStoreByValue()) {
      return new ObjectCodec(where, loader, CodecSettingsReader.read(settings, cacheName, types));
    }
    if (cacheSettings.maxBytes() != CacheSettings.UNBOUNDED) {
      throw new CacheException(
          "Cache "
              + cacheName
              + " is to be stored by reference, where objects have no size that is known, and has "
              + CacheSetting.MAX_BYTES.key(cacheName)
              + "; bound it by max-entries, or store it by value");
    }
    return new ReferenceCodec(where, loader);
  }

  private CacheListeners.Source changes(String clusterName) {
    return new CacheListeners.Source() {
      @Override
      public void listen(ChangeListener listener, boolean previousValues) {
        EngineFailures.translating(
            () -> {
              engine.listen(clusterName, listener, previousValues);
              return true;
            });
      }

      @Override
      public void stopListening() {
        engine.stopListening(clusterName);
      }
    };
  }

  /** What the application declares, or configuration if that is nothing; they may not disagree. */
  private EntryLifetimes lifetimes(String cacheName, CacheConfiguration<?, ?> configuration) {
    EntryLifetimes declared =
        EntryLifetimes.of(cacheName, configuration.getExpiryPolicyFactory().create());
    ConfiguredExpiry configured = CacheSettingsReader.expiry(settings, cacheName).orElse(null);
    if (configured == null) {
      return declared;
    }
    EntryLifetimes lifetimes = EntryLifetimes.of(cacheName, configured.policy());
    declared.close(); // what was configured is used, or nothing is
    if (!declared.eternal() && !declared.text().equals(lifetimes.text())) {
      throw configured.disagreement(declared.description());
    }
    return lifetimes;
  }

  @SuppressWarnings("unchecked") // typed getCache checks; untyped getCache leaves it to the caller
  private static <K, V> ClusteredCache<K, V> cast(ClusteredCache<?, ?> cache) {
    return (ClusteredCache<K, V>) cache;
  }

  private void ensureOpen() {
    if (closed) {
      throw new IllegalStateException(
          "The cache manager " + getURI() + " is closed; get a new one from the provider");
    }
  }
}
