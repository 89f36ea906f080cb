package io.henge.jcache.configuration;

import io.henge.replication.membership.MemberRole;
import io.henge.replication.node.NodeDiscovery;
import io.henge.replication.node.NodeSettings;
import io.henge.replication.node.NodeSettings.Bootstrap;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the settings of a member, with their defaults, and finds all that is wrong with them. */
public final class MemberSettings {

  private static final Pattern BANDWIDTH = Pattern.compile("([1-9]\\d{0,5})\\s*([kKMG])B");

  private static final Pattern SHARE_OF_HEAP = Pattern.compile("([1-9]|[1-8]\\d|90)\\s*%");
  private static final Pattern BYTES = Pattern.compile("[1-9]\\d{6,17}");
  private static final long LEAST_MEMORY = 1 << 20;

  private final Settings settings;
  private final List<String> problems = new ArrayList<>();

  private MemberSettings(Settings settings) {
    this.settings = settings;
  }

  /**
   * The settings of the member; those of one alone if caches are local.
   *
   * @throws InvalidSettingsException naming each bad value and each contradiction
   */
  public static NodeSettings read(Settings settings) {
    NodeSettings set = new MemberSettings(settings).read();
    return LocalMode.is(settings) ? LocalMode.member(set) : set;
  }

  private NodeSettings read() {
    NodeDiscovery discovery = discovery();
    boolean local = discovery instanceof NodeDiscovery.ThisMachine;
    boolean listed = discovery instanceof NodeDiscovery.Hosts;
    Bootstrap bootstrap =
        parse(Setting.BOOTSTRAP, MemberSettings::bootstrap)
            .orElse(listed ? Bootstrap.VOTERS : Bootstrap.AUTO);
    int expectedSize = number(Setting.EXPECTED_SIZE, 1, 1000, 0);
    int bindPort = number(Setting.BIND_PORT, 1, 65535, 7800);
    int portRange = number(Setting.PORT_RANGE, 0, 10_000, 100);
    Duration lease = duration(Setting.LEASE, "50ms", "1m", "300ms");
    Duration suspendAfter = duration(Setting.SUSPEND_AFTER, "100ms", "10m", "1s");
    Duration removeAfter = duration(Setting.REMOVE_AFTER, "1s", "1d", "30s");
    NodeSettings node =
        NodeSettings.builder()
            .clusterName(text(Setting.CLUSTER_NAME).orElse("henge"))
            .nodeName(text(Setting.NODE_NAME).orElseGet(MemberSettings::randomName))
            .bindAddress(text(Setting.BIND_ADDRESS).orElse("127.0.0.1"))
            .bindPort(bindPort)
            .portRange(Math.min(portRange, 65535 - bindPort))
            .discovery(discovery)
            .bootstrap(bootstrap)
            .expectedSize(expectedSize)
            .partitions(number(Setting.PARTITIONS, 1, 32768, 256))
            .lease(lease)
            .suspendAfter(suspendAfter)
            .removeAfter(removeAfter)
            .reReplicateAfter(duration(Setting.RE_REPLICATE_AFTER, "0s", "1d", "30s"))
            .transferBandwidth(
                parse(Setting.TRANSFER_BANDWIDTH, MemberSettings::bandwidth).orElse(64L << 20))
            .drainTimeout(duration(Setting.DRAIN_TIMEOUT, "0s", "1h", "10s"))
            .operationTimeout(duration(Setting.OPERATION_TIMEOUT, "100ms", "10m", "10s"))
            .weight(parse(Setting.WEIGHT, MemberSettings::weight).orElse(1.0))
            .maxValueBytes(
                number(
                    Setting.MAX_VALUE_BYTES,
                    1024,
                    NodeSettings.LARGEST_VALUE_BYTES,
                    NodeSettings.LARGEST_VALUE_BYTES))
            .maxMemory(
                parse(Setting.MAX_MEMORY, MemberSettings::memory)
                    .orElseGet(NodeSettings::defaultMaxMemory))
            .zone(text(Setting.ZONE).orElse(""))
            .sameHostWitness(
                parse(Setting.DEATH_WITNESS, MemberSettings::sameHostWitness).orElse(local))
            .runDirectory(parse(Setting.RUN_DIRECTORY, MemberSettings::directory).orElse(null))
            .role(parse(Setting.ROLE, MemberSettings::role).orElse(MemberRole.DATA))
            .dataDirectory(parse(Setting.DATA_DIRECTORY, MemberSettings::directory).orElse(null))
            .tls(new TlsText(settings, problems).read())
            .build();
    contradictions(node);
    if (!local && !listed && settings.find(Setting.BOOTSTRAP).isEmpty() && expectedSize == 0) {
      problems.add(
          settings
                  .find(Setting.DISCOVERY)
                  .or(() -> settings.find(Setting.TRANSPORT_CONFIG))
                  .orElseThrow()
              + " needs "
              + Setting.EXPECTED_SIZE.key()
              + ", the number of members that found the cluster together, because it does not say"
              + " who they are; or "
              + Setting.BOOTSTRAP.key()
              + "=auto, which gives no protection against two clusters, or =single.");
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return node;
  }

  private NodeDiscovery discovery() {
    Optional<NodeDiscovery> given = parse(Setting.DISCOVERY, DiscoveryText::parse);
    Optional<SettingValue> file = settings.find(Setting.TRANSPORT_CONFIG);
    contradiction(
        given.isPresent() && file.isPresent(),
        "the file's own discovery protocols are used",
        Setting.DISCOVERY,
        Setting.TRANSPORT_CONFIG);
    return file.<NodeDiscovery>map(value -> new NodeDiscovery.JGroupsFile(value.text()))
        .or(() -> given)
        .orElseGet(NodeDiscovery.ThisMachine::new);
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
      problems.add(shown(one) + " and " + shown(other) + " contradict each other: " + why + ".");
    }
  }

  private String shown(Setting setting) {
    return settings
        .find(setting)
        .map(SettingValue::toString)
        .orElse(setting.key() + " (not set, its default)");
  }

  private Optional<String> text(Setting setting) {
    return settings.find(setting).map(SettingValue::text);
  }

  private int number(Setting setting, int least, int most, int otherwise) {
    return this.<Integer>parse(
            setting,
            text -> {
              if (!text.matches("\\d{1,9}")) {
                return Optional.empty();
              }
              int number = Integer.parseInt(text);
              return number < least || number > most ? Optional.empty() : Optional.of(number);
            })
        .orElse(otherwise);
  }

  private Duration duration(Setting setting, String least, String most, String otherwise) {
    return parse(
            setting,
            text ->
                Durations.parse(text)
                    .filter(value -> value.compareTo(known(least)) >= 0)
                    .filter(value -> value.compareTo(known(most)) <= 0))
        .orElseGet(() -> known(otherwise));
  }

  private static Duration known(String duration) {
    return Durations.parse(duration).orElseThrow();
  }

  private <T> Optional<T> parse(Setting setting, Function<String, Optional<T>> parser) {
    Optional<SettingValue> given = settings.find(setting);
    Optional<T> parsed = given.flatMap(value -> parser.apply(value.text()));
    if (given.isPresent() && parsed.isEmpty()) {
      problems.add(given.get() + " is not a valid value; allowed is " + setting.allowed() + ".");
    }
    return parsed;
  }

  private static Optional<Double> weight(String text) {
    return Optional.of(text)
        .filter(number -> number.matches("\\d{1,4}(\\.\\d{1,3})?"))
        .map(Double::valueOf)
        .filter(weight -> weight >= 0.1 && weight <= 1000);
  }

  private static Optional<Bootstrap> bootstrap(String text) {
    return switch (text) {
      case "auto" -> Optional.of(Bootstrap.AUTO);
      case "single" -> Optional.of(Bootstrap.SINGLE);
      case "voters" -> Optional.of(Bootstrap.VOTERS);
      default -> Optional.empty();
    };
  }

  /** Units of 1,024. */
  private static Optional<Long> bandwidth(String text) {
    var matcher = BANDWIDTH.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int power = "KMG".indexOf(matcher.group(2).toUpperCase(Locale.ROOT)) + 1;
    long bytes = Long.parseLong(matcher.group(1)) << (10 * power);
    return bytes <= 100L << 30 ? Optional.of(bytes) : Optional.empty();
  }

  private static Optional<Long> memory(String text) {
    var share = SHARE_OF_HEAP.matcher(text);
    if (share.matches()) {
      return Optional.of(NodeSettings.shareOfHeap(Integer.parseInt(share.group(1))));
    }
    return text.equals("unbounded")
        ? Optional.of(Long.MAX_VALUE)
        : Optional.of(text)
            .filter(bytes -> BYTES.matcher(bytes).matches())
            .map(Long::valueOf)
            .filter(bytes -> bytes >= LEAST_MEMORY);
  }

  private static Optional<Boolean> sameHostWitness(String text) {
    return switch (text) {
      case "same-host" -> Optional.of(true);
      case "none" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<MemberRole> role(String text) {
    return switch (text) {
      case "data" -> Optional.of(MemberRole.DATA);
      case "lite" -> Optional.of(MemberRole.LITE);
      case "witness" -> Optional.of(MemberRole.WITNESS);
      default -> Optional.empty();
    };
  }

  private static Optional<Path> directory(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
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
