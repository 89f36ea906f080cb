package io.henge.jcache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.jcache.tck.TckResult.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JSR-107 test kit, each run in a JVM of its own, with what really ran counted apart from what
 * the kit leaves out in silence. Reports and logs are in {@code target/tck}. Properties: {@code
 * tck.order} (name, reverse, or a number that shuffles the classes), {@code tck.java} (another
 * JDK's {@code java}).
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

  private static final long MINUTES = 10;

  private final Properties settings = new Properties();

  @TempDir Path runDirectory;

  @Test
  void aMemberAloneIsCompatible() throws Exception {
    cluster();
    settings.setProperty("henge.cluster.bootstrap", "single");
    check("one member", run("one", 1));
  }

  private void cluster() throws IOException {
    settings.setProperty("henge.cluster.name", "tck-" + UUID.randomUUID());
    settings.setProperty("henge.cluster.partitions", "16");
    settings.setProperty("henge.run-dir", runDirectory.toString());
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      settings.setProperty("henge.transport.bind-port", Integer.toString(socket.getLocalPort()));
    }
  }

  /** Runs the kit in a JVM with the settings. */
  private List<TckResult> run(String name, int members) throws Exception {
    Path directory = Files.createDirectories(Path.of("target", "tck"));
    Path report = directory.resolve(name + ".txt");
    Files.deleteIfExists(report);
    List<String> command = new ArrayList<>();
    command.add(
        System.getProperty(
            "tck.java", Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    Properties all = new Properties();
    all.putAll(settings);
    all.setProperty(Membership.MEMBERS, Integer.toString(members));
    all.setProperty(TckRunner.ORDER, System.getProperty(TckRunner.ORDER, "name"));
    all.setProperty("org.jsr107.tck.support.server.address", "127.0.0.1");
    all.setProperty(CacheManager.class.getName(), CacheManager.class.getName());
    all.setProperty(Cache.class.getName(), Cache.class.getName());
    all.setProperty("javax.cache.Cache.Entry", Cache.Entry.class.getName());
    all.stringPropertyNames().forEach(key -> command.add("-D" + key + "=" + all.get(key)));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(TckRunner.class.getName());
    command.add(report.toString());
    Process kit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile())
            .start();
    try {
      assertThat(kit.waitFor(MINUTES, TimeUnit.MINUTES)).as("it ends in time").isTrue();
    } finally {
      kit.destroyForcibly();
    }
    assertThat(report).as("see target/tck/" + name + ".log").exists();
    return Files.readAllLines(report).stream().map(TckResult::parse).toList();
  }

  private static void check(String where, List<TckResult> results) {
    System.out.printf(
        "TCK, %s: %d of %d tests that apply ran and passed%n",
        where,
        tests(results, result -> result.outcome() == Outcome.PASSED).size(),
        ALL - 1 - BY_REFERENCE);
    assertThat(results)
        .filteredOn(result -> result.outcome() == Outcome.FAILED)
        .as("failed")
        .isEmpty();
    assertThat(tests(results, result -> result.outcome() == Outcome.EXCLUDED))
        .as("left out though they apply")
        .isEqualTo(
            tests(
                results, result -> result.test().equals(FAILS_BY_DESIGN) || isByReference(result)));
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
