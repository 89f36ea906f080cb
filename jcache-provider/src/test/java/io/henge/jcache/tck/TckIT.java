package io.henge.jcache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.jcache.HengeCachingProvider;
import io.henge.jcache.tck.TckResult.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JSR-107 test kit against each way of running the provider, with what really ran counted apart
 * from what the kit leaves out in silence. The runs go on at the same time, as they mostly wait:
 * for expiry, and for the kit's own sockets. Properties: {@code tck.order} and {@code tck.java};
 * see docs/testing.md.
 */
class TckIT {

  /** All of the kit's tests, without those of the annotations. */
  private static final int ALL = 479;

  /** The one in {@code ExcludeList}. */
  private static final String FAILS_BY_DESIGN = "org.jsr107.tck.CachingTest#dummyTest";

  private static final String BY_REFERENCE_CLASS = "org.jsr107.tck.StoreByReferenceTest#";
  private static final String BY_REFERENCE_TEST =
      "org.jsr107.tck.TypesTest#simpleAPINoGenericsAndNoTypeEnforcementStoreByReference";
  private static final int BY_REFERENCE = 12;

  @TempDir static Path runDirectory;

  private static final List<HengeCachingProvider> others = new ArrayList<>();
  private static TckRun alone;
  private static TckRun amongThree;
  private static TckRun local;

  @BeforeAll
  static void start() throws IOException {
    Jdk jdk = Jdk.wanted();
    alone = run("one", "name", aloneInItsCluster(), jdk);
    amongThree = run("three", "reverse", withTwoOthers(), jdk);
    local = run("local", "107", withoutCluster(), Jdk.newer().orElse(jdk));
  }

  @AfterAll
  static void stop() {
    List.of(alone, amongThree, local).forEach(TckRun::close);
    others.forEach(HengeCachingProvider::close);
  }

  @Test
  void aMemberAloneIsCompatible() throws Exception {
    check("one member", alone, false);
  }

  @Test
  void oneOfThreeMembersIsCompatible() throws Exception {
    check("one of three members", amongThree, false);
  }

  @Test
  void localCachesAreCompatible() throws Exception {
    check("local caches", local, true);
  }

  private static TckRun run(String name, String order, Properties settings, Jdk jdk)
      throws IOException {
    settings.setProperty(TckRunner.ORDER, System.getProperty(TckRunner.ORDER, order));
    settings.setProperty("henge.operation-timeout", "1m");
    return new TckRun(name, jdk, settings);
  }

  /** Listed as the only founder: it begins without looking for others. */
  private static Properties aloneInItsCluster() throws IOException {
    Properties settings = cluster();
    String port = settings.getProperty("henge.transport.bind-port");
    settings.setProperty("henge.discovery", "static://127.0.0.1[" + port + "]");
    return settings;
  }

  private static Properties withTwoOthers() throws IOException {
    Properties settings = cluster();
    for (int i = 0; i < 2; i++) {
      HengeCachingProvider other = new HengeCachingProvider();
      others.add(other);
      // Waits until it is in a cluster, so that the next one finds it.
      other
          .getCacheManager(null, null, settings)
          .createCache("ready-" + i, new MutableConfiguration<>());
    }
    settings.setProperty(Membership.MEMBERS, "3");
    return settings;
  }

  private static Properties withoutCluster() {
    Properties settings = new Properties();
    settings.setProperty("henge.enabled", "false");
    return settings;
  }

  private static Properties cluster() throws IOException {
    Properties settings = new Properties();
    settings.setProperty("henge.cluster.name", "tck-" + UUID.randomUUID());
    settings.setProperty("henge.cluster.partitions", "16");
    // The runs share the machine with each other and with whatever else the build does on it.
    settings.setProperty("henge.lease", "1s");
    settings.setProperty("henge.suspend-after", "5s");
    settings.setProperty("henge.run-dir", runDirectory.toString());
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings.setProperty("henge.transport.bind-port", Integer.toString(socket.getLocalPort()));
    }
    return settings;
  }

  private static void check(String where, TckRun run, boolean byReference) throws Exception {
    List<TckResult> results = run.results();
    Predicate<TckResult> applies =
        result -> !result.test().equals(FAILS_BY_DESIGN) && (byReference || !isByReference(result));
    System.out.printf(
        "TCK, %s, %s: %d of %d tests that apply ran and passed%n",
        where,
        run,
        tests(results, result -> result.outcome() == Outcome.PASSED).size(),
        ALL - 1 - (byReference ? 0 : BY_REFERENCE));
    assertThat(results)
        .filteredOn(result -> result.outcome() == Outcome.FAILED)
        .as("failed")
        .isEmpty();
    assertThat(tests(results, result -> result.outcome() == Outcome.EXCLUDED))
        .as("left out though they apply")
        .isEqualTo(tests(results, applies.negate()));
    assertThat(results).as("all tests of the kit").hasSize(ALL);
  }

  private static boolean isByReference(TckResult result) {
    return result.test().startsWith(BY_REFERENCE_CLASS) || result.test().equals(BY_REFERENCE_TEST);
  }

  private static Set<String> tests(List<TckResult> results, Predicate<TckResult> which) {
    return results.stream()
        .filter(which)
        .map(TckResult::test)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
