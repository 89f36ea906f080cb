package io.henge.jcache;

import io.henge.jcache.configuration.CodecSettingsReader;
import io.henge.jcache.configuration.InvalidSettingsException;
import io.henge.jcache.configuration.LocalMode;
import io.henge.jcache.configuration.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;

/**
 * Henge as a JCache provider, found by the service loader. An application (a class loader) is one
 * member of the cluster, whatever number of managers it has: the first open manager makes it join,
 * the last one closed makes it leave. Managers with different URIs have separate cache names.
 *
 * <p>Any URI is accepted and only compared; none is opened. Closing is always local, and everything
 * closed can be opened again. Thread-safe.
 */
public final class HengeCachingProvider implements CachingProvider {

  private final EngineStarter starter;
  private final ClassLoader defaultClassLoader;
  private final Map<Scope, HengeCacheManager> managers = new ConcurrentHashMap<>();

  /** Guards all opening and closing; what is open is found without it. */
  private final Object lifecycle = new Object();

  private final Map<ClassLoader, Member> members = new HashMap<>();

  /** For the service loader. */
  public HengeCachingProvider() {
    this(EngineStarter.real());
  }

  HengeCachingProvider(EngineStarter starter) {
    this.starter = starter;
    this.defaultClassLoader = applicationLoader();
  }

  /**
   * Returns the open manager of the URI and loader, or opens one, which makes the application join
   * the cluster.
   *
   * @param uri any; null for {@link #getDefaultURI}
   * @param classLoader of the application, which decodes keys, values and processors; null for
   *     {@link #getDefaultClassLoader}
   * @param properties {@code henge.*} settings, used when the manager is opened; may be null
   * @throws InvalidSettingsException if a setting is unknown, bad or contradicts another
   */
  @Override
  public CacheManager getCacheManager(URI uri, ClassLoader classLoader, Properties properties) {
    Scope scope = scope(uri, classLoader);
    HengeCacheManager open = managers.get(scope);
    if (open != null) {
      return open;
    }
    synchronized (lifecycle) {
      open = managers.get(scope);
      if (open == null) {
        open = open(scope, properties);
        managers.put(scope, open);
      }
      return open;
    }
  }

  @Override
  public CacheManager getCacheManager(URI uri, ClassLoader classLoader) {
    return getCacheManager(uri, classLoader, null);
  }

  @Override
  public CacheManager getCacheManager() {
    return getCacheManager(null, null, null);
  }

  /**
   * The context class loader of the thread that loaded this provider if it sees this class, else
   * this class's own: a provider in a shared directory of a server serves one application.
   */
  @Override
  public ClassLoader getDefaultClassLoader() {
    return defaultClassLoader;
  }

  /** {@code henge:default}. */
  @Override
  public URI getDefaultURI() {
    return NameSpace.DEFAULT_URI;
  }

  /** No properties. */
  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  @Override
  public void close() {
    closeAll(scope -> true);
  }

  @Override
  public void close(ClassLoader classLoader) {
    ClassLoader loader = classLoader == null ? defaultClassLoader : classLoader;
    closeAll(scope -> scope.loader == loader);
  }

  @Override
  public void close(URI uri, ClassLoader classLoader) {
    Scope closed = scope(uri, classLoader);
    closeAll(closed::equals);
  }

  /**
   * Store by reference works where caches are local, by the settings of the default class loader:
   * {@code henge.enabled=false}. Entries that are on several members are stored by value.
   *
   * @throws InvalidSettingsException if a setting is unknown or that one is bad
   */
  @Override
  public boolean isSupported(OptionalFeature feature) {
    return feature == OptionalFeature.STORE_BY_REFERENCE && LocalMode.is(defaultClassLoader);
  }

  /** Takes out a manager that is being closed, and leaves the cluster with the last one. */
  void close(HengeCacheManager manager) {
    synchronized (lifecycle) {
      Scope scope = new Scope(manager.getURI(), manager.getClassLoader());
      if (managers.remove(scope, manager)) {
        try {
          manager.closeCaches();
        } finally {
          leave(scope.loader);
        }
      }
    }
  }

  private HengeCacheManager open(Scope scope, Properties given) {
    Properties properties = new Properties();
    if (given != null) {
      given
          .stringPropertyNames()
          .forEach(key -> properties.setProperty(key, given.getProperty(key)));
    }
    Settings settings = Settings.of(properties, scope.loader);
    CodecSettingsReader.rules(settings); // bad ones start nothing
    Member member = members.get(scope.loader);
    if (member == null) {
      member = Member.start(starter, settings, scope.loader);
      members.put(scope.loader, member);
    }
    return new HengeCacheManager(
        this, scope.uri, scope.loader, properties, settings, member.acquire(settings));
  }

  private void leave(ClassLoader loader) {
    Member member = members.get(loader);
    if (member.release()) {
      members.remove(loader);
    }
  }

  private void closeAll(Predicate<Scope> which) {
    List<HengeCacheManager> closing = new ArrayList<>();
    managers.forEach(
        (scope, manager) -> {
          if (which.test(scope)) {
            closing.add(manager);
          }
        });
    closing.forEach(HengeCacheManager::close);
  }

  private Scope scope(URI uri, ClassLoader loader) {
    return new Scope(
        uri == null ? getDefaultURI() : uri, loader == null ? defaultClassLoader : loader);
  }

  private static ClassLoader applicationLoader() {
    ClassLoader own = HengeCachingProvider.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context == null) {
      return own;
    }
    try {
      Class<?> seen = Class.forName(HengeCachingProvider.class.getName(), false, context);
      return seen == HengeCachingProvider.class ? context : own;
    } catch (ClassNotFoundException notSeen) {
      return own;
    }
  }

  private record Scope(URI uri, ClassLoader loader) {}
}
