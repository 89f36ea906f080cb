package io.henge.jcache.event;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;

/** A listener and its filter, made from their factories; both are closed with it. */
final class Registration<K, V> implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Registration.class.getPackageName());

  private final CacheEntryListenerConfiguration<K, V> configuration;
  private final CacheEntryListener<? super K, ? super V> listener;
  private final CacheEntryEventFilter<? super K, ? super V> filter;

  /** Makes the listener and the filter. */
  Registration(CacheEntryListenerConfiguration<K, V> configuration) {
    this.configuration = configuration;
    this.listener =
        Objects.requireNonNull(
            configuration.getCacheEntryListenerFactory().create(),
            "the factory of the cache entry listener made null");
    this.filter =
        configuration.getCacheEntryEventFilterFactory() == null
            ? null
            : configuration.getCacheEntryEventFilterFactory().create();
  }

  CacheEntryListenerConfiguration<K, V> configuration() {
    return configuration;
  }

  boolean synchronous() {
    return configuration.isSynchronous();
  }

  boolean wantsOldValues() {
    return configuration.isOldValueRequired();
  }

  /** Whether the listener has a method for such events. */
  boolean hears(EventType type) {
    return switch (type) {
      case CREATED -> listener instanceof CacheEntryCreatedListener;
      case UPDATED -> listener instanceof CacheEntryUpdatedListener;
      case REMOVED -> listener instanceof CacheEntryRemovedListener;
      case EXPIRED -> listener instanceof CacheEntryExpiredListener;
    };
  }

  /**
   * Gives the listener an event that it hears, if the filter lets it pass.
   *
   * @throws CacheEntryListenerException whatever exception the listener or the filter threw
   */
  @SuppressWarnings("unchecked") // a listener of super types hears events of the cache's types
  void tell(CacheEntryEvent<K, V> event) {
    try {
      if (filter != null && !filter.evaluate(event)) {
        return;
      }
      List<CacheEntryEvent<? extends K, ? extends V>> events = List.of(event);
      switch (event.getEventType()) {
        case CREATED -> ((CacheEntryCreatedListener<K, V>) listener).onCreated(events);
        case UPDATED -> ((CacheEntryUpdatedListener<K, V>) listener).onUpdated(events);
        case REMOVED -> ((CacheEntryRemovedListener<K, V>) listener).onRemoved(events);
        case EXPIRED -> ((CacheEntryExpiredListener<K, V>) listener).onExpired(events);
      }
    } catch (CacheEntryListenerException asItIs) {
      throw asItIs;
    } catch (RuntimeException thrown) {
      throw new CacheEntryListenerException(
          "The cache entry listener "
              + listener.getClass().getName()
              + " or its filter failed on "
              + event.getEventType()
              + "; the operation itself was done",
          thrown);
    }
  }

  /** Closes the listener and the filter, if they can be closed. */
  @Override
  public void close() {
    close(listener);
    close(filter);
  }

  private static void close(Object customization) {
    if (!(customization instanceof AutoCloseable closeable)) {
      return;
    }
    try {
      closeable.close();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      LOG.log(Level.WARNING, customization.getClass().getName() + " failed to close", failure);
    }
  }
}
