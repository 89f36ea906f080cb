package io.henge.arquillian.faults;

import java.util.List;
import java.util.Random;

/**
 * Random faults of which only those of the last host end a process: what the other processes hold
 * can be compared over time.
 */
final class SoakFaults implements FaultSource {

  private static final List<Nemesis> HARMLESS =
      List.of(
          Nemesis.PAUSE,
          Nemesis.ISOLATE,
          Nemesis.HALVES,
          Nemesis.BRIDGE,
          Nemesis.ONE_WAY,
          Nemesis.SLOW);

  @Override
  public Disruption next(FaultCluster cluster, Random random) {
    if (random.nextInt(4) == 0) {
      return new ProcessFault(
          cluster,
          cluster.hosts().get(cluster.hosts().size() - 1),
          random.nextBoolean() ? ProcessFault.How.KILL : ProcessFault.How.RESTART);
    }
    return HARMLESS.get(random.nextInt(HARMLESS.size())).next(cluster, random);
  }

  @Override
  public String title() {
    return "soak";
  }
}
