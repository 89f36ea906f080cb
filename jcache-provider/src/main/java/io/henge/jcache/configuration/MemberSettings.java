package io.henge.jcache.configuration;

import io.henge.replication.membership.MemberRole;
import io.henge.replication.node.NodeDiscovery;
import io.henge.replication.node.NodeSettings;
import io.henge.replication.node.NodeSettings.Bootstrap;
import io.henge.replication.node.drill.DrillKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;

/** Reads the settings of a member, and finds all that is wrong with them. */
public final class MemberSettings {

  private static final int LAST_PORT = 65_535;

  private final SettingReader settings;

  private MemberSettings(SettingReader settings) {
    this.settings = settings;
  }

  /**
   * The settings of the member; those of one alone if caches are local.
   *
   * @throws InvalidSettingsException naming each bad value and each contradiction
   */
  public static NodeSettings read(Settings settings) {
    NodeSettings set = new MemberSettings(new SettingReader(settings)).read();
    return LocalMode.is(settings) ? LocalMode.member(set) : set;
  }

  /**
   * The settings of a member of a cluster that has a role whatever they say.
   *
   * @throws InvalidSettingsException as {@link #read}
   */
  public static NodeSettings ofRole(String role, ClassLoader loader) {
    Properties given = new Properties();
    given.setProperty(Setting.ROLE.key(), role);
    given.setProperty(Setting.ENABLED.key(), "true");
    return read(Settings.of(given, loader));
  }

  private NodeSettings read() {
    NodeDiscovery discovery = discovery();
    boolean local = discovery instanceof NodeDiscovery.ThisMachine;
    boolean listed = discovery instanceof NodeDiscovery.Hosts;
    int bindPort = settings.number(Setting.BIND_PORT);
    NodeSettings node =
        NodeSettings.builder()
            .clusterName(settings.text(Setting.CLUSTER_NAME))
            .nodeName(settings.find(Setting.NODE_NAME).orElseGet(MemberSettings::randomName))
            .bindAddress(settings.text(Setting.BIND_ADDRESS))
            .bindPort(bindPort)
            .portRange(Math.min(settings.number(Setting.PORT_RANGE), LAST_PORT - bindPort))
            .discovery(discovery)
            .bootstrap(
                settings
                    .find(Setting.BOOTSTRAP)
                    .map(word -> Bootstrap.valueOf(upperCase(word)))
                    .orElse(listed ? Bootstrap.VOTERS : Bootstrap.AUTO))
            .expectedSize(settings.find(Setting.EXPECTED_SIZE).map(Integer::valueOf).orElse(0))
            .partitions(settings.number(Setting.PARTITIONS))
            .lease(settings.duration(Setting.LEASE))
            .suspendAfter(settings.duration(Setting.SUSPEND_AFTER))
            .removeAfter(settings.duration(Setting.REMOVE_AFTER))
            .reReplicateAfter(settings.duration(Setting.RE_REPLICATE_AFTER))
            .transferBandwidth(
                MemoryText.bandwidth(settings.text(Setting.TRANSFER_BANDWIDTH)).orElseThrow())
            .drainTimeout(settings.duration(Setting.DRAIN_TIMEOUT))
            .operationTimeout(settings.duration(Setting.OPERATION_TIMEOUT))
            .weight(Double.parseDouble(settings.text(Setting.WEIGHT)))
            .maxValueBytes(settings.number(Setting.MAX_VALUE_BYTES))
            .maxMemory(MemoryText.bound(settings.text(Setting.MAX_MEMORY)).orElseThrow())
            .zone(settings.find(Setting.ZONE).orElse(""))
            .sameHostWitness(
                settings.find(Setting.DEATH_WITNESS).map("same-host"::equals).orElse(local))
            .runDirectory(settings.path(Setting.RUN_DIRECTORY))
            .role(MemberRole.valueOf(upperCase(settings.text(Setting.ROLE))))
            .dataDirectory(settings.path(Setting.DATA_DIRECTORY))
            .tls(new TlsText(settings).read())
            .drills(drills())
            .build();
    contradictions(node);
    if (!local
        && !listed
        && settings.given(Setting.BOOTSTRAP).isEmpty()
        && node.expectedSize() == 0) {
      settings.problem(
          settings
                  .given(Setting.DISCOVERY)
                  .or(() -> settings.given(Setting.TRANSPORT_CONFIG))
                  .orElseThrow()
              + " needs "
              + Setting.EXPECTED_SIZE.key()
              + ", the number of members that found the cluster together, because it does not say"
              + " who they are; or "
              + Setting.BOOTSTRAP.key()
              + "=auto, which gives no protection against two clusters, or =single.");
    }
    settings.finish();
    return node;
  }

  private Set<DrillKind> drills() {
    Set<DrillKind> allowed = EnumSet.noneOf(DrillKind.class);
    if (settings.flag(Setting.DRILLS_CRASH)) {
      allowed.add(DrillKind.CRASH);
    }
    if (settings.flag(Setting.DRILLS_CUT)) {
      allowed.add(DrillKind.CUT);
    }
    return allowed;
  }

  private NodeDiscovery discovery() {
    Optional<String> file = settings.find(Setting.TRANSPORT_CONFIG);
    contradiction(
        file.isPresent() && settings.given(Setting.DISCOVERY).isPresent(),
        "the file's own discovery protocols are used",
        Setting.DISCOVERY,
        Setting.TRANSPORT_CONFIG);
    return file.<NodeDiscovery>map(NodeDiscovery.JGroupsFile::new)
        .or(() -> DiscoveryText.parse(settings.text(Setting.DISCOVERY)))
        .orElseThrow();
  }

  private void contradictions(NodeSettings node) {
    contradiction(
        node.bootstrap() == Bootstrap.VOTERS && node.seeds().isEmpty(),
        "the founding voters have to be listed, as static://host[port],host[port]",
        Setting.BOOTSTRAP,
        Setting.DISCOVERY);
    contradiction(
        node.bootstrap() == Bootstrap.SINGLE && node.expectedSize() > 1,
        "a member that founds alone does not wait for others",
        Setting.BOOTSTRAP,
        Setting.EXPECTED_SIZE);
    contradiction(
        node.bootstrap() == Bootstrap.VOTERS
            && node.expectedSize() > 0
            && node.expectedSize() != node.seeds().size(),
        "the listed hosts found together, no more and no fewer; leave the size away",
        Setting.DISCOVERY,
        Setting.EXPECTED_SIZE);
    contradiction(
        node.suspendAfter().compareTo(node.lease()) <= 0,
        "a member must be silent for longer than its lease before it is suspended",
        Setting.LEASE,
        Setting.SUSPEND_AFTER);
    contradiction(
        node.removeAfter().compareTo(node.suspendAfter()) <= 0,
        "a member is removed after it was suspended",
        Setting.SUSPEND_AFTER,
        Setting.REMOVE_AFTER);
  }

  private void contradiction(boolean is, String why, Setting one, Setting other) {
    if (is) {
      settings.problem(
          shown(one) + " and " + shown(other) + " contradict each other: " + why + ".");
    }
  }

  private String shown(Setting setting) {
    return settings
        .given(setting)
        .map(SettingValue::toString)
        .orElse(setting.key() + " (not set, its default)");
  }

  private static String upperCase(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private static String randomName() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      host = "node";
    }
    return host + "-" + UUID.randomUUID().toString().substring(0, 4);
  }
}
