package io.henge.jcache.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.membership.MemberRole;
import io.henge.replication.node.CacheSettings;
import io.henge.replication.node.NodeSettings;
import io.henge.replication.node.NodeSettings.Bootstrap;
import io.henge.replication.node.TlsFiles;
import io.henge.replication.node.drill.DrillKind;
import io.henge.replication.routing.ReadPolicy;
import io.henge.replication.topology.ReplicationMode;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static Settings settings(String... keysAndValues) {
    return Settings.checked(List.of(new PropertiesSource(properties(keysAndValues), "a test")));
  }

  private static Properties properties(String... keysAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
    }
    return properties;
  }

  private static NodeSettings read(String... keysAndValues) {
    return MemberSettings.read(settings(keysAndValues));
  }

  @Test
  void withoutSettingsTheDefaultsHold() {
    NodeSettings defaults = read();
    assertThat(defaults.clusterName()).isEqualTo("henge");
    assertThat(defaults.nodeName()).isNotBlank();
    assertThat(defaults.bindAddress()).isEqualTo("127.0.0.1");
    assertThat(defaults.bindPort()).isEqualTo(7800);
    assertThat(defaults.portRange()).isPositive();
    assertThat(defaults.seeds()).isEmpty();
    assertThat(defaults.bootstrap()).isEqualTo(Bootstrap.AUTO);
    assertThat(defaults.expectedSize()).isZero();
    assertThat(defaults.partitions()).isEqualTo(256);
    assertThat(defaults.lease()).isEqualTo(Duration.ofMillis(300));
    assertThat(defaults.suspendAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(defaults.removeAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(defaults.reReplicateAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(defaults.transferBandwidth()).isEqualTo(64L << 20);
    assertThat(defaults.drainTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(defaults.operationTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(defaults.maxValueBytes()).isEqualTo(64 << 20);
    assertThat(defaults.zone()).isEmpty();
    assertThat(defaults.sameHostWitness()).isTrue();
    assertThat(defaults.runDirectory()).isNull();
    assertThat(defaults.dataDirectory()).isNull();
    assertThat(defaults.drills()).isEmpty();
    assertThat(defaults.role()).isEqualTo(MemberRole.DATA);
    assertThat(CacheSettingsReader.read(settings(), "orders").copies()).isEqualTo(2);
  }

  @Test
  void everySettingReachesTheMember() {
    NodeSettings node =
        read(
            "henge.cluster.name", " shop ",
            "henge.node.name", "a",
            "henge.transport.bind-address", "10.0.0.1",
            "henge.transport.bind-port", "9000",
            "henge.transport.port-range", "0",
            "henge.discovery", "static://10.0.0.1[9000], b.example[9000],fe80::1[9001]",
            "henge.cluster.bootstrap", "voters",
            "henge.cluster.expected-size", "3",
            "henge.cluster.partitions", "64",
            "henge.lease", "1s",
            "henge.suspend-after", "PT3S",
            "henge.remove-after", "2m",
            "henge.operation-timeout", "500ms",
            "henge.max-value-bytes", "100000",
            "henge.zone", "rack-1",
            "henge.death-witness", "same-host",
            "henge.run-dir", "run",
            "henge.node.role", "lite",
            "henge.data-dir", "data",
            "henge.drills.crash", "true",
            "henge.drills.cut", "true",
            "henge.tls.certificate", "member.pem",
            "henge.tls.key", "member.key",
            "henge.tls.trust", "trust.p12",
            "henge.tls.password", "one",
            "henge.tls.trust-password", "two",
            "henge.tls.member-names", "*.example, cache");
    assertThat(node)
        .isEqualTo(
            NodeSettings.builder()
                .clusterName("shop")
                .nodeName("a")
                .bindAddress("10.0.0.1")
                .bindPort(9000)
                .portRange(0)
                .seeds(List.of("10.0.0.1[9000]", "b.example[9000]", "fe80::1[9001]"))
                .bootstrap(Bootstrap.VOTERS)
                .expectedSize(3)
                .partitions(64)
                .lease(Duration.ofSeconds(1))
                .suspendAfter(Duration.ofSeconds(3))
                .removeAfter(Duration.ofMinutes(2))
                .operationTimeout(Duration.ofMillis(500))
                .maxValueBytes(100_000)
                .zone("rack-1")
                .sameHostWitness(true)
                .runDirectory(Path.of("run"))
                .role(MemberRole.LITE)
                .dataDirectory(Path.of("data"))
                .drills(Set.of(DrillKind.CRASH, DrillKind.CUT))
                .tls(
                    Optional.of(
                        new TlsFiles(
                            Path.of("member.pem"),
                            Path.of("member.key"),
                            Path.of("trust.p12"),
                            "one",
                            "two",
                            List.of("*.example", "cache"))))
                .build());
  }

  @Test
  void aStaticListMakesItsHostsTheVotersAndProvesNoDeaths() {
    NodeSettings node = read("henge.discovery", "static://a[7800],b[7800]");
    assertThat(node.bootstrap()).isEqualTo(Bootstrap.VOTERS);
    assertThat(node.sameHostWitness()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dns://henge.shop.svc[7900] | Dns[name=henge.shop.svc, port=7900]",
        "dns://henge | Dns[name=henge, port=7800]",
        "multicast:// | Multicast[group=, port=0]",
        "multicast://239.1.2.3 | Multicast[group=239.1.2.3, port=0]",
        "multicast://ff15::1[7000] | Multicast[group=ff15::1, port=7000]",
      })
  void membersAreFoundByANameOrAGroup(String discovery, String meaning) {
    NodeSettings node = read("henge.discovery", discovery, "henge.cluster.expected-size", "3");
    assertThat(node.discovery()).hasToString(meaning);
    assertThat(node.bootstrap()).isEqualTo(Bootstrap.AUTO);
    assertThat(node.seeds()).isEmpty();
    assertThat(node.sameHostWitness()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "henge.discovery, dns://henge",
    "henge.discovery, multicast://",
    "henge.transport.config, stack.xml"
  })
  void whereNobodyIsListedTheNumberOfFoundersHasToBeGiven(String key, String value) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            key + "=" + value + " (from a test) needs henge.cluster.expected-size")
        .hasMessageContaining("henge.cluster.bootstrap=auto");
    assertThat(read(key, value, "henge.cluster.bootstrap", "single").bootstrap())
        .isEqualTo(Bootstrap.SINGLE);
    assertThat(read(key, value, "henge.cluster.expected-size", "2").expectedSize()).isEqualTo(2);
  }

  @Test
  void tlsNeedsACertificateAndTrust() {
    assertThat(read("henge.tls.certificate", "a.p12", "henge.tls.trust", "b.pem").tls())
        .contains(new TlsFiles(Path.of("a.p12"), null, Path.of("b.pem"), null, null, List.of()));
    assertThatThrownBy(() -> read("henge.tls.certificate", "a.p12"))
        .hasMessageContaining("henge.tls.certificate=a.p12 (from a test) needs henge.tls.trust");
    assertThatThrownBy(() -> read("henge.tls.trust", "b.pem", "henge.tls.password", "geheim"))
        .hasMessageContaining("henge.tls.trust=b.pem (from a test) means nothing without")
        .hasMessageContaining("henge.tls.password=***")
        .hasMessageNotContaining("geheim");
    assertThat(settings("henge.tls.password", "geheim").ofMember().toString())
        .doesNotContain("geheim");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "henge.transport.bind-port | 0",
        "henge.transport.bind-port | 65536",
        "henge.transport.bind-port | http",
        "henge.transport.port-range | -1",
        "henge.discovery | multicast",
        "henge.discovery | multicast://239.0.0.1[0]",
        "henge.discovery | dns://",
        "henge.discovery | dns://a[70000]",
        "henge.discovery | dns://a b",
        "henge.discovery | kubernetes://a",
        "henge.discovery | static://",
        "henge.discovery | static://a",
        "henge.discovery | static://a[7800],",
        "henge.discovery | static://a[7800],a[7800]",
        "henge.discovery | static://a[70000]",
        "henge.cluster.bootstrap | Auto",
        "henge.cluster.expected-size | 0",
        "henge.cluster.partitions | 0",
        "henge.cluster.partitions | 99999999999",
        "henge.lease | 300",
        "henge.lease | 0ms",
        "henge.lease | -PT1S",
        "henge.suspend-after | soon",
        "henge.remove-after | 1y",
        "henge.operation-timeout | 1h",
        "henge.death-witness | all",
        "henge.max-value-bytes | 1023",
        "henge.max-value-bytes | 67108865",
        "henge.max-value-bytes | 64MB",
        "henge.max-memory | 0%",
        "henge.max-memory | 95%",
        "henge.max-memory | 1000",
        "henge.max-memory | lots",
      })
  void aBadValueIsToldWithItsKeyItsSourceAndWhatIsAllowed(String key, String value) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(key + "=" + value + " (from a test)")
        .hasMessageContaining(
            "allowed is " + Setting.of(key).orElseThrow().rule().allowed().plainWords());
  }

  @ParameterizedTest
  @CsvSource({"1kB, 1024", "64MB, 67108864", "100GB, 107374182400", "3 MB, 3145728"})
  void aBandwidthIsInUnitsOf1024(String text, long bytesPerSecond) {
    assertThat(read("henge.transfer.bandwidth", text).transferBandwidth())
        .isEqualTo(bytesPerSecond);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0MB", "64", "64Mb", "101GB", "-1MB", "1.5GB", "fast"})
  void anotherBandwidthIsRefusedWithWhatIsAllowed(String text) {
    assertThatThrownBy(() -> read("henge.transfer.bandwidth", text))
        .hasMessageContaining("henge.transfer.bandwidth=" + text)
        .hasMessageContaining("from 1kB to 100GB");
  }

  @Test
  void theTimesOfPlannedChangesReachTheMember() {
    NodeSettings node = read("henge.re-replicate-after", "0s", "henge.drain-timeout", "45s");
    assertThat(node.reReplicateAfter()).isEqualTo(Duration.ZERO);
    assertThat(node.drainTimeout()).isEqualTo(Duration.ofSeconds(45));
    assertThatThrownBy(() -> read("henge.drain-timeout", "2h"))
        .hasMessageContaining("henge.drain-timeout=2h")
        .hasMessageContaining("from 0s to 1h");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(() -> read("henge.lease", "x", "henge.suspend-after", "y"))
        .hasMessageContaining("henge.lease=x")
        .hasMessageContaining("henge.suspend-after=y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "henge.cluster.bootstrap | voters | henge.discovery | local",
        "henge.cluster.bootstrap | single | henge.cluster.expected-size | 3",
        "henge.discovery | static://a[1],b[1] | henge.cluster.expected-size | 3",
        "henge.discovery | local | henge.transport.config | stack.xml",
        "henge.lease | 1s | henge.suspend-after | 1s",
        "henge.suspend-after | 1m | henge.remove-after | 30s",
      })
  void settingsThatContradictEachOtherAreBothTold(
      String one, String first, String other, String second) {
    assertThatThrownBy(() -> read(one, first, other, second))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(one + "=" + first)
        .hasMessageContaining(other + "=" + second)
        .hasMessageContaining("contradict");
  }

  @Test
  void aContradictionWithADefaultNamesTheDefaultsKey() {
    assertThatThrownBy(() -> read("henge.cluster.bootstrap", "voters"))
        .hasMessageContaining("henge.discovery (not set");
  }

  @ParameterizedTest
  @CsvSource({
    "henge.cluster.nam, henge.cluster.name",
    "henge.transport.port, henge.transport.bind-port",
    "henge.bind-address, henge.transport.bind-address",
    "henge.cache.a.b.backup, henge.cache.a.b.backups",
    "henge.suspendafter, henge.suspend-after",
  })
  void anUnknownKeyIsToldWithTheNearestOne(String key, String nearest) {
    assertThatThrownBy(() -> settings(key, "1"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(key + "=1 (from a test)")
        .hasMessageContaining("Do you mean " + nearest + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"henge.completely.different", "henge.cache.backups", "henge.cache..mode"})
  void keysThatMeanNothingAreUnknown(String key) {
    assertThatThrownBy(() -> settings(key, "1"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(key);
  }

  @Test
  void theConsolesSettingsAreNotOurs() {
    assertThat(settings("henge.console.login", "form").ofMember()).isEmpty();
  }

  @Test
  void aReadPolicyIsReadAndABadOneIsRefusedWithWhatIsAllowed() {
    assertThat(CacheSettingsReader.read(settings("henge.cache.a.backups", "0"), "a").readPolicy())
        .isEqualTo(ReadPolicy.LOCAL_FIRST);
    for (ReadPolicy policy : ReadPolicy.values()) {
      Settings settings = settings("henge.cache.a.read-policy", policy.settingName());
      assertThat(CacheSettingsReader.read(settings, "a").readPolicy()).isEqualTo(policy);
    }
    assertThatThrownBy(
            () -> CacheSettingsReader.read(settings("henge.cache.a.read-policy", "nearest"), "a"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("least-response-time");
  }

  @Test
  void aWeightIsAPositiveNumber() {
    assertThat(MemberSettings.read(settings("henge.node.weight", "2.5")).weight()).isEqualTo(2.5);
    for (String bad : List.of("0", "-1", "1001", "heavy", "NaN", "1e3")) {
      assertThatThrownBy(() -> MemberSettings.read(settings("henge.node.weight", bad)))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("henge.node.weight=" + bad);
    }
  }

  @Test
  void aBadValueOfACacheFailsTheStart() {
    assertThatThrownBy(() -> settings("henge.cache.a.b.backups", "many"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("henge.cache.a.b.backups=many")
        .hasMessageContaining("or all");
    assertThatThrownBy(() -> settings("henge.cache.a.mode", "fast"))
        .isInstanceOf(InvalidSettingsException.class);
    assertThat(CacheSettingsReader.read(settings("henge.cache.a.backups", "0"), "a").copies())
        .isEqualTo(1);
  }

  @Test
  void anAsynchronousCacheHasBoundsAndMayReadItsOwnCopy() {
    CacheSettings usual = CacheSettingsReader.read(settings("henge.cache.a.mode", "async"), "a");
    assertThat(usual.mode()).isEqualTo(ReplicationMode.Async.DEFAULT);
    assertThat(usual.staleReads()).isFalse();
    CacheSettings own =
        CacheSettingsReader.read(
            settings(
                "henge.cache.a.mode", "async",
                "henge.cache.a.max-lag-operations", "4096",
                "henge.cache.a.max-lag-bytes", "16777216",
                "henge.cache.a.max-lag", "250ms",
                "henge.cache.a.stale-reads", "true"),
            "a");
    assertThat(own.mode())
        .isEqualTo(new ReplicationMode.Async(4096, 16L << 20, Duration.ofMillis(250).toNanos()));
    assertThat(own.staleReads()).isTrue();
    assertThat(CacheSettings.builder().build().withShared(own.shared()).mode())
        .isEqualTo(own.mode());
    assertThat(CacheSettingsReader.read(settings(), "a").mode()).isEqualTo(ReplicationMode.SYNC);
  }

  @ParameterizedTest
  @CsvSource({
    "max-lag-operations, 0",
    "max-lag-operations, 4097",
    "max-lag-bytes, 16777217",
    "max-lag, 2h",
    "stale-reads, maybe"
  })
  void aBadBoundOfAnAsynchronousCacheFailsTheStart(String setting, String value) {
    assertThatThrownBy(
            () -> settings("henge.cache.a.mode", "async", "henge.cache.a." + setting, value))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("henge.cache.a." + setting + "=" + value);
  }

  @ParameterizedTest
  @CsvSource({"max-lag-operations, 5", "max-lag, 1s", "stale-reads, true"})
  void whatIsForAsynchronousCachesContradictsASynchronousOne(String setting, String value) {
    assertThatThrownBy(
            () -> CacheSettingsReader.read(settings("henge.cache.a." + setting, value), "a"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("henge.cache.a.mode=async");
  }

  @Test
  void theMemoryOfCachesWithoutABoundIsAShareOfTheHeapOrBytesOrNotBounded() {
    long heap = Runtime.getRuntime().maxMemory();
    assertThat(read().maxMemory()).isEqualTo(heap / 100 * 40);
    assertThat(read("henge.max-memory", "5%").maxMemory()).isEqualTo(heap / 100 * 5);
    assertThat(read("henge.max-memory", "1048576").maxMemory()).isEqualTo(1 << 20);
    assertThat(read("henge.max-memory", "unbounded").maxMemory()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aCacheMayHaveBoundsOfEntriesAndBytes() {
    CacheSettings bounded =
        CacheSettingsReader.read(
            settings("henge.cache.a.max-entries", "1000", "henge.cache.a.max-bytes", "1048576"),
            "a");
    assertThat(bounded.maxEntries()).isEqualTo(1000);
    assertThat(bounded.maxBytes()).isEqualTo(1 << 20);
    CacheSettings agreed = CacheSettings.builder().build().withShared(bounded.shared());
    assertThat(agreed.maxEntries()).isEqualTo(1000);
    assertThat(agreed.maxBytes()).isEqualTo(1 << 20);
    assertThat(CacheSettingsReader.read(settings(), "a").maxEntries())
        .isEqualTo(CacheSettings.UNBOUNDED);
  }

  @ParameterizedTest
  @CsvSource({
    "max-entries, 0",
    "max-entries, -5",
    "max-entries, many",
    "max-entries, 1e6",
    "max-bytes, 0",
    "max-bytes, 10MB",
    "max-bytes, 99999999999999999999"
  })
  void aBadBoundFailsTheStart(String setting, String value) {
    assertThatThrownBy(() -> settings("henge.cache.a." + setting, value))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("henge.cache.a." + setting + "=" + value)
        .hasMessageContaining("from 1 on");
  }

  @Test
  void theEnvironmentFollowsTheRuleOfMicroProfileConfig() {
    Settings settings =
        Settings.checked(
            List.of(
                new EnvironmentSource(
                    Map.of(
                        "HENGE_CLUSTER_NAME", "shop",
                        "henge_lease", "1s",
                        "henge.suspend-after", "2s",
                        "HENGE_CACHE_MY_ORDERS_BACKUPS", "all",
                        "HENGE_CACHE_BAD_BACKUPS", "many"))));
    NodeSettings node = MemberSettings.read(settings);
    assertThat(node.clusterName()).isEqualTo("shop");
    assertThat(node.lease()).isEqualTo(Duration.ofSeconds(1));
    assertThat(node.suspendAfter()).isEqualTo(Duration.ofSeconds(2));
    assertThat(CacheSettingsReader.read(settings, "my.orders").copies())
        .isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(() -> CacheSettingsReader.read(settings, "bad"))
        .hasMessageContaining("environment variable HENGE_CACHE_BAD_BACKUPS");
  }

  @Test
  void foreignVariablesWithOurPrefixDoNotStopTheStart() {
    Settings settings =
        Settings.checked(List.of(new EnvironmentSource(Map.of("HENGE_SERVICE_HOST", "10.0.0.1"))));
    assertThat(settings.ofMember()).isEmpty();
  }

  @Test
  void theFirstSourceWins(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("META-INF/henge.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "henge.cluster.name=file\nhenge.zone=file\nhenge.lease=310ms\n");
    System.setProperty("henge.zone", "system");
    System.setProperty("henge.node.name", "system");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      Settings settings = Settings.of(properties("henge.node.name", "argument"), loader);
      assertThat(settings.ofMember())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "henge.cluster.name", "file",
                  "henge.zone", "system",
                  "henge.node.name", "argument",
                  "henge.lease", "310ms"));
    } finally {
      System.clearProperty("henge.zone");
      System.clearProperty("henge.node.name");
    }
  }

  @Test
  void twoFilesThatDisagreeAreBothTold(@TempDir Path one, @TempDir Path other) throws IOException {
    for (Path directory : List.of(one, other)) {
      Path file = directory.resolve("META-INF/henge.properties");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "henge.zone=" + directory.getFileName());
    }
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {one.toUri().toURL(), other.toUri().toURL()})) {
      assertThatThrownBy(() -> Settings.of(new Properties(), loader))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("henge.zone=" + one.getFileName())
          .hasMessageContaining("henge.zone=" + other.getFileName());
    }
  }
}
