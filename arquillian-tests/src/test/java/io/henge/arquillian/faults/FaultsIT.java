package io.henge.arquillian.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every promise under every fault, on real processes. By default one fault of each kind; the
 * profile {@code faults} makes it long. System properties, with the profile's values: {@code
 * faults.duration} seconds per kind (60), {@code faults.hold} seconds per fault (10), {@code
 * faults.members} (3,5), {@code faults.modes} (sync,async), {@code faults.nemeses} (all of them),
 * {@code faults.seed} (the time).
 */
@RequiresNetwork
class FaultsIT {

  private static final boolean LONG = Boolean.getBoolean("faults.long");
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("faults.duration", LONG ? 60 : 0));
  private static final Duration HOLD =
      Duration.ofSeconds(Integer.getInteger("faults.hold", LONG ? 10 : 4));
  private static final long SEED = Long.getLong("faults.seed", LONG ? System.nanoTime() : 7);
  private static final List<Nemesis> SHORT_OF_THREE =
      List.of(
          Nemesis.KILL,
          Nemesis.PAUSE,
          Nemesis.ISOLATE,
          Nemesis.ONE_WAY,
          Nemesis.SLOW,
          Nemesis.ROLLING);
  private static final List<Nemesis> SHORT_OF_FIVE =
      List.of(Nemesis.HALVES, Nemesis.BRIDGE, Nemesis.RANDOM);
  private static final List<Nemesis> SHORT_ASYNC = List.of(Nemesis.KILL, Nemesis.ISOLATE);

  private final FaultReport report = new FaultReport(LONG ? "long" : "short");

  @Test
  void noPromiseIsBrokenByAnyFault() {
    List<String> broken = new ArrayList<>();
    for (String mode : list("faults.modes", "sync,async")) {
      for (String size : list("faults.members", mode.equals("sync") || LONG ? "3,5" : "3")) {
        broken.addAll(run(mode, Integer.parseInt(size)));
      }
    }
    assertThat(broken).isEmpty();
  }

  private List<String> run(String mode, int size) {
    List<String> broken = new ArrayList<>();
    List<Nemesis> nemeses = nemeses(mode, size);
    try (FaultCluster cluster =
        new FaultCluster("faults-" + mode + "-" + size, size, settings(mode, size))) {
      for (Nemesis nemesis : nemeses) {
        Findings findings =
            new FaultRun(cluster, nemesis, mode, SEED, LENGTH, HOLD, nemesis == Nemesis.RANDOM)
                .run();
        report.add(findings);
        findings
            .broken()
            .forEach(each -> broken.add(nemesis.title() + ", " + size + " members: " + each));
      }
    }
    return broken;
  }

  private static List<Nemesis> nemeses(String mode, int size) {
    String chosen = System.getProperty("faults.nemeses");
    if (chosen != null) {
      return Arrays.stream(chosen.split(",", -1)).map(Nemesis::titled).toList();
    }
    if (LONG) {
      return List.of(Nemesis.values());
    }
    return !mode.equals("sync") ? SHORT_ASYNC : size < 5 ? SHORT_OF_THREE : SHORT_OF_FIVE;
  }

  private static List<String> list(String property, String otherwise) {
    return List.of(System.getProperty(property, otherwise).split(",", -1));
  }

  private static Map<String, String> settings(String mode, int size) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("henge.operation-timeout", FaultCluster.OPERATION_TIMEOUT.toMillis() + "ms");
    settings.put("henge.cache.registers.mode", mode);
    if (mode.equals("sync")) {
      // Two of five may be gone at a time.
      settings.put("henge.cache.registers.backups", size < 5 ? "1" : "2");
    } else {
      // Every member has a copy and tells what is in it, so that the copies can be compared.
      settings.put("henge.cache.registers.backups", "all");
      settings.put("henge.cache.registers.stale-reads", "true");
    }
    return settings;
  }
}
