package io.henge.admin.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The cluster beans of this server: one for each node that an application of the server runs. Looks
 * each time, since applications come and go.
 */
@ApplicationScoped
public class ClusterBeans {

  private static final String PATTERN = "io.henge:type=Cluster,*";

  /** All beans, by key. */
  public List<ClusterBean> all() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    return server.queryNames(pattern(), null).stream()
        .map(name -> new ClusterBean(server, name))
        .sorted(Comparator.comparing(ClusterBean::key))
        .toList();
  }

  /**
   * The bean that a request means.
   *
   * @param key as of {@link ClusterBean#key}; null or empty for the first bean
   */
  public Optional<ClusterBean> find(String key) {
    return all().stream()
        .filter(bean -> key == null || key.isEmpty() || bean.key().equals(key))
        .findFirst();
  }

  private static ObjectName pattern() {
    try {
      return ObjectName.getInstance(PATTERN);
    } catch (MalformedObjectNameException impossible) {
      throw new IllegalStateException("The pattern " + PATTERN + " is a constant", impossible);
    }
  }
}
