package io.henge.jcache;

import io.henge.replication.node.Engine;
import io.henge.replication.node.management.ClusterMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.awaitility.Awaitility;

/** Members of one cluster in this process, over JGroups on loopback. */
final class RealMembers implements AutoCloseable {

  /** For tests that are not about failover: a busy machine lapses no lease and suspends nobody. */
  static final Map<String, String> PATIENT =
      Map.of(
          "henge.lease", "2s",
          "henge.suspend-after", "20s",
          "henge.operation-timeout", "60s");

  private final String name;
  private final int count;
  private final Map<String, String> more;
  private final List<HengeCachingProvider> providers = new ArrayList<>();
  private int caches;

  /** Members with the default settings. */
  RealMembers(String name, int count) {
    this(name, count, Map.of());
  }

  /**
   * Members that have not started.
   *
   * @param name begins the cluster's name
   * @param more settings of all of them
   */
  RealMembers(String name, int count, Map<String, String> more) {
    this.name = name;
    this.count = count;
    this.more = more;
  }

  /** Starts them one after the other. */
  void start(Path runDirectory) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("henge.cluster.name", name + "-" + UUID.randomUUID());
    properties.setProperty("henge.transport.bind-port", Integer.toString(freePort()));
    properties.setProperty("henge.run-dir", runDirectory.toString());
    more.forEach(properties::setProperty);
    for (int i = 0; i < count; i++) {
      HengeCachingProvider provider = new HengeCachingProvider();
      providers.add(provider);
      // Waits until it is in a cluster, so that the next one finds it.
      provider
          .getCacheManager(null, null, properties)
          .createCache("ready", new MutableConfiguration<>());
    }
  }

  /**
   * The slot of the cluster as the first member knows it. As long as it is the same no copy moves,
   * and nobody fails over.
   */
  long slot() {
    Engine engine = manager(0).unwrap(Engine.class);
    try {
      ObjectName name =
          new ObjectName(
              "io.henge:type=Cluster,name="
                  + ObjectName.quote(engine.clusterName())
                  + ",node="
                  + ObjectName.quote(engine.nodeName()));
      return JMX.newMXBeanProxy(
              ManagementFactory.getPlatformMBeanServer(), name, ClusterMXBean.class)
          .getView()
          .getSlot();
    } catch (MalformedObjectNameException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Waits until nothing was decided for a second: all copies are where they should be. */
  void awaitCalm() {
    AtomicLong before = new AtomicLong(-1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              long slot = slot();
              return before.getAndSet(slot) == slot;
            });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  HengeCachingProvider provider(int member) {
    return providers.get(member);
  }

  CacheManager manager(int member) {
    return provider(member).getCacheManager();
  }

  /** One new cache, as each member has it, in the order of the members. */
  <K, V> List<Cache<K, V>> newCache(Configuration<K, V> configuration) {
    return open("orders-" + caches++, configuration);
  }

  /** A cache, as each member has it, in the order of the members. */
  <K, V> List<Cache<K, V>> open(String cacheName, Configuration<K, V> configuration) {
    List<Cache<K, V>> opened = new ArrayList<>();
    forEachManager(manager -> opened.add(manager.createCache(cacheName, configuration)));
    return opened;
  }

  /** Does something with each member's manager, in their order. */
  void forEachManager(Consumer<CacheManager> action) {
    providers.forEach(provider -> action.accept(provider.getCacheManager()));
  }

  /** Ends those that have started. */
  @Override
  public void close() {
    providers.forEach(HengeCachingProvider::close);
  }
}
