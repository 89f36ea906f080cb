package io.henge.jcache.server;

import io.henge.jcache.HengeCachingProvider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/**
 * The provider of one application, in the list that {@link Caching} keeps for it. Where a server
 * brings the JCache API, that list is the server's: it names the server's provider too, and nobody
 * takes out what an undeployed application has left there. This class does both, for its own
 * application only. Used by the threads that start and end the application.
 */
public final class ApplicationProvider {

  private static final Logger LOG = System.getLogger(ApplicationProvider.class.getPackageName());

  private final ClassLoader application;

  /** The provider of the application with this class loader. */
  public ApplicationProvider(ClassLoader application) {
    this.application = Objects.requireNonNull(application);
  }

  /** The one provider object that {@link Caching} has for the application, made at first use. */
  public CachingProvider get() {
    return Caching.getCachingProvider(HengeCachingProvider.class.getName(), application);
  }

  /**
   * Makes {@code Caching.getCachingProvider()} of the application find Henge, though the server has
   * a provider as well. Providers that the application itself contains stay in the list.
   *
   * @return names of those left out now
   */
  public List<String> leaveOutTheServers() {
    get();
    return remove(provider -> !belongsToApplication(provider));
  }

  /**
   * Closes the provider, if there is one, so that the application's member leaves the cluster; and
   * where the list outlives the application, takes the provider out of it.
   */
  public void close() {
    for (CachingProvider provider : Caching.getCachingProviders(application)) {
      if (provider instanceof HengeCachingProvider) {
        provider.close();
      }
    }
    if (Caching.class.getClassLoader() != HengeCachingProvider.class.getClassLoader()) {
      List<String> removed = remove(HengeCachingProvider.class::isInstance);
      LOG.log(Level.DEBUG, "{0} was taken out of the server''s list of providers", removed);
    }
  }

  private boolean belongsToApplication(CachingProvider provider) {
    ClassLoader loader = provider.getClass().getClassLoader();
    return loader == HengeCachingProvider.class.getClassLoader() || loader == application;
  }

  private List<String> remove(Predicate<CachingProvider> which) {
    List<String> removed = new ArrayList<>();
    Iterator<CachingProvider> providers = Caching.getCachingProviders(application).iterator();
    while (providers.hasNext()) {
      CachingProvider provider = providers.next();
      if (which.test(provider)) {
        try {
          providers.remove(); // the list itself: the API hands it out
          removed.add(provider.getClass().getName());
        } catch (UnsupportedOperationException otherApi) {
          LOG.log(
              Level.WARNING,
              "{0} stays in the list of cache providers: this JCache API does not let go of it",
              provider.getClass().getName());
        }
      }
    }
    return removed;
  }
}
