package io.henge.jcache.integration;

import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.jcache.expiry.EntryLifetimes;
import io.henge.replication.node.ReplicatedCache;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListener;

/**
 * What one cache on this member has of stores: its loader, its writer, both or none. They belong to
 * the cache and are closed with it. Thread-safe if they are.
 */
public final class CacheIntegration<K, V> implements AutoCloseable {

  private static final Logger LOG = System.getLogger(CacheIntegration.class.getPackageName());

  private final String cacheName;
  private final EntryTypes<K, V> types;
  private final CacheLoader<K, V> cacheLoader;
  private final CacheWriter<? super K, ? super V> cacheWriter;
  private final boolean readThrough;
  private final boolean writeThrough;

  private EntryLoader<K, V> loader;
  private EntryWriter<K, V> writer;
  private EntryLoading<K, V> loading;
  private BackgroundLoads background;

  /** Makes the loader and the writer that a configuration asks for. */
  public CacheIntegration(String cacheName, CompleteConfiguration<K, V> configuration) {
    this.cacheName = cacheName;
    this.types = EntryTypes.of(configuration);
    this.cacheLoader = make(configuration.getCacheLoaderFactory());
    try {
      this.cacheWriter = make(configuration.getCacheWriterFactory());
    } catch (RuntimeException notMade) {
      close(cacheLoader, "loader");
      throw notMade;
    }
    this.readThrough = cacheLoader != null && configuration.isReadThrough();
    this.writeThrough = cacheWriter != null && configuration.isWriteThrough();
  }

  /**
   * Connects both with the cache; called once, before any use.
   *
   * @param store the cache, past the writer
   * @param patience how long a caller waits for another one's load of the same key
   */
  @SuppressWarnings("unchecked") // a writer of supertypes writes these too
  public void connect(
      ReplicatedCache store, EntryCodec codec, EntryLifetimes lifetimes, Duration patience) {
    if (cacheLoader != null) {
      loader = new EntryLoader<>(cacheName, cacheLoader, types);
      loading = new EntryLoading<>(cacheName, loader, store, codec, types, lifetimes, patience);
      background = new BackgroundLoads(cacheName, codec.loader());
    }
    if (writeThrough) {
      writer = new EntryWriter<>(cacheName, (CacheWriter<K, V>) cacheWriter, codec, types);
    }
  }

  /** Loads what reads find missing; null unless the cache reads through. */
  public EntryLoading<K, V> readThrough() {
    return readThrough ? loading : null;
  }

  /** The loader for code that has reserved its key; null unless the cache reads through. */
  public EntryLoader<K, V> loader() {
    return readThrough ? loader : null;
  }

  /** Writes before the cache changes; null unless the cache writes through. */
  public EntryWriter<K, V> writer() {
    return writer;
  }

  /**
   * Loads keys on another thread; without a loader this is done at once.
   *
   * @param listener told of the end; may be null
   */
  public void loadAll(
      Collection<? extends K> keys, boolean replaceExisting, CompletionListener listener) {
    if (loading != null && !keys.isEmpty()) {
      List<K> wanted = List.copyOf(keys);
      background.run(() -> loading.loadInto(wanted, replaceExisting), listener);
    } else if (listener != null) {
      listener.onCompletion();
    }
  }

  /** Ends loads under way, and closes the loader and the writer if they can be closed. */
  @Override
  public void close() {
    if (background != null) {
      background.close();
    }
    close(cacheLoader, "loader");
    close(cacheWriter, "writer");
  }

  private static <T> T make(Factory<T> factory) {
    return factory == null ? null : factory.create();
  }

  /** The cache is closed whatever its loader does: the failure is told, not thrown. */
  private void close(Object customization, String what) {
    if (customization instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        LOG.log(
            Level.WARNING, "the " + what + " of cache " + cacheName + " could not be closed", e);
      }
    }
  }
}
