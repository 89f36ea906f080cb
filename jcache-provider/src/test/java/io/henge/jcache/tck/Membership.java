package io.henge.jcache.tck;

import io.henge.jcache.HengeCachingProvider;
import io.henge.replication.node.management.ClusterMXBean;
import io.henge.replication.node.management.ClusterView;
import io.henge.replication.node.management.MemberView;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.awaitility.Awaitility;

/**
 * Keeps the application a member while the kit closes its managers: a manager of its own, with a
 * cache, stays open. Where a test closes the whole provider the member begins again before the next
 * one. Used by one thread.
 */
final class Membership {

  /** System property with the number of members that hold the entries, 1 if missing. */
  static final String MEMBERS = "tck.members";

  private static final URI OWN = URI.create("henge:tck-membership");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final int members = Integer.getInteger(MEMBERS, 1);
  private CacheManager manager;
  private String testing = "";

  /**
   * Makes the application a member again if it is not; at the first test of each class waits until
   * the partitions are spread over the members, and over no others.
   */
  void ensure(String testClass) {
    boolean first = !testClass.equals(testing);
    testing = testClass;
    if (first && beans().size() > 1) {
      // Each class loader that a test makes up has become a member; only providers end them.
      providers().forEach(HengeCachingProvider::close);
    }
    if (manager == null || manager.isClosed()) {
      manager = Caching.getCachingProvider().getCacheManager(OWN, null);
      manager.createCache("kept", new MutableConfiguration<>());
    }
    if (first && members > 1) {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .untilAsserted(this::checkSpread);
    }
  }

  /** Those in this JVM, also those of class loaders that tests made up and have forgotten. */
  private static List<HengeCachingProvider> providers() {
    try {
      Field registry = Caching.class.getDeclaredField("CACHING_PROVIDERS");
      registry.setAccessible(true);
      Field byLoader = registry.getType().getDeclaredField("cachingProviders");
      byLoader.setAccessible(true);
      return ((Map<?, ?>) byLoader.get(registry.get(null)))
          .values().stream()
              .flatMap(ofLoader -> ((Map<?, ?>) ofLoader).values().stream())
              .filter(HengeCachingProvider.class::isInstance)
              .map(HengeCachingProvider.class::cast)
              .toList();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the JCache API keeps its providers otherwise than expected", e);
    }
  }

  /** Each member is primary of its share, and every partition has all its copies. */
  private void checkSpread() {
    ClusterView view = view();
    long copies = Arrays.stream(view.getPartitions()).mapToLong(row -> row[2]).sum();
    int share = view.getPartitions().length / (2 * members);
    int ready = 0;
    for (MemberView member : view.getMembers()) {
      if (member.getState().equals("ACTIVE") && member.getPrimaries() >= share) {
        ready++;
      }
    }
    if (ready != members || copies != 2L * view.getPartitions().length) {
      throw new AssertionError(
          ready + " of " + members + " members have their share, " + copies + " copies in sync");
    }
  }

  private static ClusterView view() {
    return JMX.newMXBeanProxy(
            ManagementFactory.getPlatformMBeanServer(),
            beans().iterator().next(),
            ClusterMXBean.class)
        .getView();
  }

  /** Of the members in this JVM. */
  private static Set<ObjectName> beans() {
    try {
      return ManagementFactory.getPlatformMBeanServer()
          .queryNames(new ObjectName("io.henge:type=Cluster,*"), null);
    } catch (MalformedObjectNameException e) {
      throw new AssertionError(e);
    }
  }
}
