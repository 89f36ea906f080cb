package io.henge.arquillian.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.arquillian.network.NetworkHost;
import io.henge.arquillian.processes.Answer;
import io.henge.arquillian.processes.ProcessResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Random faults under load for the time that {@code faults.soak} says ({@code 1h}, {@code 20m}): a
 * process holds no more at the end than after the first ten minutes, or after the first third of a
 * shorter time. Entries are cleared between chapters of a minute, so that they do not count.
 */
@RequiresNetwork
@EnabledIfSystemProperty(named = "faults.soak", matches = "\\d+[smh]")
class SoakIT {

  private static final Duration CHAPTER = Duration.ofSeconds(60);
  private static final Duration HOLD = Duration.ofSeconds(8);
  private static final Duration WARM_UP = Duration.ofMinutes(10);
  private static final int MEMBERS = 3;
  private static final double TOLERANCE = 0.1;

  /** Some handles and threads come and go with connections; a leak is more. */
  private static final long FEW = 4;

  private final FaultReport report = new FaultReport("soak");

  @Test
  void nothingGrowsUnderRandomFaults() {
    Duration length =
        Duration.parse("PT" + System.getProperty("faults.soak").toUpperCase(Locale.ROOT));
    Duration warmUp = length.dividedBy(3);
    warmUp = warmUp.compareTo(WARM_UP) > 0 ? WARM_UP : warmUp;
    List<String> broken = new ArrayList<>();
    try (FaultCluster cluster =
        new FaultCluster(
            "soak",
            MEMBERS,
            Map.of("henge.operation-timeout", FaultCluster.OPERATION_TIMEOUT.toMillis() + "ms"))) {
      long begin = System.nanoTime();
      Map<String, ProcessResources> early = null;
      for (long seed = 1; System.nanoTime() - begin < length.toNanos(); seed++) {
        Findings findings =
            new FaultRun(cluster, new SoakFaults(), "sync", seed, CHAPTER, HOLD, true).run();
        report.add(findings);
        broken.addAll(findings.broken());
        if (early == null && System.nanoTime() - begin >= warmUp.toNanos()) {
          early = resources(cluster);
        }
      }
      compare(early, resources(cluster), broken);
    }
    assertThat(broken).isEmpty();
  }

  /** What every process but the last one, which is restarted, holds without entries. */
  private static Map<String, ProcessResources> resources(FaultCluster cluster) {
    List<NetworkHost> hosts = cluster.hosts().subList(0, cluster.hosts().size() - 1);
    Answer cleared = cluster.on(hosts.get(0)).call(Duration.ofSeconds(60), "clear", "-");
    assertThat(cleared.kind()).as(cleared.toString()).isEqualTo(Answer.Kind.DONE);
    cluster.awaitInSync();
    Map<String, ProcessResources> resources = new LinkedHashMap<>();
    hosts.forEach(host -> resources.put(host.name(), cluster.on(host).resources()));
    System.out.println("resources: " + resources);
    return resources;
  }

  private static void compare(
      Map<String, ProcessResources> early,
      Map<String, ProcessResources> late,
      List<String> broken) {
    early.forEach(
        (name, before) -> {
          ProcessResources after = late.get(name);
          compare(name + ": heap bytes", before.heapBytes(), after.heapBytes(), 0, broken);
          compare(name + ": threads", before.threads(), after.threads(), FEW, broken);
          compare(name + ": file handles", before.fileHandles(), after.fileHandles(), FEW, broken);
        });
  }

  private static void compare(String what, long before, long after, long few, List<String> broken) {
    if (after - before > Math.max((double) few, before * TOLERANCE)) {
      broken.add(what + " were " + before + " and are " + after + " at the end");
    }
  }
}
