package io.henge.jcache.management;

import io.henge.jcache.configuration.CacheConfiguration;
import io.henge.replication.node.statistics.CallStatistics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.function.LongSupplier;
import javax.cache.CacheException;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The statistics and the two MXBeans of one open cache, each there while it is enabled and the
 * cache open. Thread-safe.
 */
public final class CacheManagement implements AutoCloseable {

  private static final Logger LOG = System.getLogger(CacheManagement.class.getPackageName());

  private final URI manager;
  private final String cacheName;
  private final CacheConfiguration<?, ?> configuration;
  private final CacheStatistics statistics;
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  private ObjectName statisticsBean;
  private ObjectName configurationBean;
  private boolean closed;

  /**
   * Manages a cache; nothing is registered before {@link #begin}.
   *
   * @param evictions how many of its entries this member has evicted since it is in its cluster
   */
  public CacheManagement(
      URI manager,
      String cacheName,
      CacheConfiguration<?, ?> configuration,
      LongSupplier evictions) {
    this.statistics = new CacheStatistics(evictions);
    this.manager = manager;
    this.cacheName = cacheName;
    this.configuration = configuration;
  }

  /** What operations of the cache are to be recorded in. */
  public CacheStatistics statistics() {
    return statistics;
  }

  /**
   * What the operations of this member came to, for the cluster's figures.
   *
   * @param missedEvents how often listeners may have missed events
   */
  public CallStatistics calls(long missedEvents) {
    return statistics.calls(missedEvents);
  }

  /** Enables what the cache is configured with. */
  public void begin() {
    enableStatistics(configuration.isStatisticsEnabled());
    enableManagement(configuration.isManagementEnabled());
  }

  /** Begins or ends counting, and shows the bean or takes it away. */
  public synchronized void enableStatistics(boolean enabled) {
    if (closed) {
      return;
    }
    configuration.setStatisticsEnabled(enabled);
    statistics.enable(enabled);
    if (!enabled) {
      unregister(statisticsBean);
      statisticsBean = null;
    } else if (statisticsBean == null) {
      statisticsBean = register(statistics, "CacheStatistics");
    }
  }

  /** Shows the configuration's bean or takes it away. */
  public synchronized void enableManagement(boolean enabled) {
    if (closed) {
      return;
    }
    configuration.setManagementEnabled(enabled);
    if (!enabled) {
      unregister(configurationBean);
      configurationBean = null;
    } else if (configurationBean == null) {
      configurationBean = register(new ConfigurationBean(configuration), "CacheConfiguration");
    }
  }

  /** Takes both beans away; nothing is registered any more. */
  @Override
  public synchronized void close() {
    closed = true;
    unregister(statisticsBean);
    unregister(configurationBean);
    statisticsBean = null;
    configurationBean = null;
  }

  /** Registers a bean; null if another application's has the name. */
  private ObjectName register(Object bean, String type) {
    try {
      ObjectName name =
          new ObjectName(
              "javax.cache:type="
                  + type
                  + ",CacheManager="
                  + safe(manager.toString())
                  + ",Cache="
                  + safe(cacheName));
      server.registerMBean(bean, name);
      return name;
    } catch (InstanceAlreadyExistsException taken) {
      LOG.log(
          Level.WARNING,
          "There is an MBean "
              + taken.getMessage()
              + " already, of another application with a cache of this name: the one of this"
              + " application is not registered. Give each application's cache manager a URI of"
              + " its own.");
      return null;
    } catch (MalformedObjectNameException e) {
      throw new CacheException(
          "Cache "
              + cacheName
              + " of "
              + manager
              + " cannot have an MBean: the name holds *, ? or \", which names of MBeans do not"
              + " allow",
          e);
    } catch (JMException e) {
      throw new CacheException("The MBean of cache " + cacheName + " cannot be registered", e);
    }
  }

  private void unregister(ObjectName name) {
    if (name == null) {
      return;
    }
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException gone) {
      LOG.log(Level.DEBUG, "somebody else has unregistered {0}", name);
    } catch (JMException e) {
      throw new CacheException("The MBean " + name + " cannot be unregistered", e);
    }
  }

  /** As the specification has it. */
  private static String safe(String text) {
    return text.replaceAll("[:=,\n]", ".");
  }
}
