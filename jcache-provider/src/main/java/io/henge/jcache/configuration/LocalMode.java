package io.henge.jcache.configuration;

import io.henge.replication.membership.MemberRole;
import io.henge.replication.node.NodeDiscovery;
import io.henge.replication.node.NodeSettings;
import io.henge.replication.node.NodeSettings.Bootstrap;
import java.time.Duration;
import java.util.Properties;

/**
 * What {@code henge.enabled=false} means: caches are those of a member without others, so what is
 * set about a cluster does not matter (decision 17).
 */
public final class LocalMode {

  private static final String CLUSTER = "local";

  /** Enough for the threads of one process. */
  private static final int PARTITIONS = 16;

  /** Nobody else waits for it to end: so long that hardly any pause matters. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  private LocalMode() {}

  /**
   * Whether the caches of these settings are local.
   *
   * @throws InvalidSettingsException if the value is bad
   */
  public static boolean is(Settings settings) {
    SettingReader reader = new SettingReader(settings);
    boolean enabled = reader.flag(Setting.ENABLED);
    reader.finish();
    return !enabled;
  }

  /**
   * Whether the caches of an application are local, as far as its managers are not given properties
   * that say otherwise.
   *
   * @throws InvalidSettingsException if a setting is unknown or this one is bad
   */
  public static boolean is(ClassLoader application) {
    return is(Settings.of(new Properties(), application));
  }

  /** The member, given what is set for one of a cluster. */
  static NodeSettings member(NodeSettings set) {
    return NodeSettings.builder()
        .clusterName(CLUSTER)
        .nodeName(set.nodeName())
        .discovery(new NodeDiscovery.Alone())
        .bootstrap(Bootstrap.SINGLE)
        .lease(LEASE)
        .suspendAfter(LEASE.multipliedBy(2))
        .removeAfter(LEASE.multipliedBy(4))
        .partitions(PARTITIONS)
        .role(MemberRole.DATA)
        .drainTimeout(Duration.ZERO)
        .operationTimeout(set.operationTimeout())
        .maxValueBytes(set.maxValueBytes())
        .maxMemory(set.maxMemory())
        .build();
  }
}
