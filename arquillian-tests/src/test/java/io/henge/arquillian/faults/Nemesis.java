package io.henge.arquillian.faults;

import io.henge.arquillian.network.NetworkHost;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The kinds of faults that real servers meet. */
enum Nemesis implements FaultSource {
  /** A process is killed, and started again at the end. */
  KILL {
    @Override
    public Disruption next(FaultCluster cluster, Random random) {
      return new ProcessFault(cluster, any(cluster, random), ProcessFault.How.KILL);
    }
  },

  /** A process is stopped where it is. */
  PAUSE {
    @Override
    public Disruption next(FaultCluster cluster, Random random) {
      return new ProcessFault(cluster, any(cluster, random), ProcessFault.How.PAUSE);
    }
  },

  /** One member is cut off from all others. */
  ISOLATE {
    @Override
    public Disruption next(FaultCluster cluster, Random random) {
      NetworkHost victim = any(cluster, random);
      return CutFault.between(cluster.network(), List.of(victim), cluster.othersThan(victim));
    }
  },

  /** A minority is cut off from a majority. */
  HALVES {
    @Override
    public Disruption next(FaultCluster cluster, Random random) {
      List<NetworkHost> hosts = shuffled(cluster, random);
      int minority = (hosts.size() - 1) / 2;
      return CutFault.between(
          cluster.network(), hosts.subList(0, minority), hosts.subList(minority, hosts.size()));
    }
  },

  /** Two sides that both see one member, which sees both, and not each other. */
  BRIDGE {
    @Override
    public Disruption next(FaultCluster cluster, Random random) {
      List<NetworkHost> hosts = shuffled(cluster, random);
      int side = hosts.size() / 2;
      return CutFault.bridged(
          cluster.network(),
          hosts.subList(1, 1 + side),
          hosts.subList(1 + side, hosts.size()),
          hosts.get(0));
    }
  },

  /** What one member sends is lost: on its way to one other, to all, or from all to it. */
  ONE_WAY {
    @Override
    public Disruption next(FaultCluster cluster, Random random) {
      NetworkHost victim = any(cluster, random);
      List<NetworkHost> others = cluster.othersThan(victim);
      return switch (random.nextInt(3)) {
        case 0 ->
            CutFault.oneWay(cluster.network(), victim, others.get(random.nextInt(others.size())));
        case 1 -> CutFault.mute(cluster.network(), victim, others);
        default -> CutFault.deaf(cluster.network(), victim, others);
      };
    }
  },

  /** What one member sends arrives late. */
  SLOW {
    @Override
    public Disruption next(FaultCluster cluster, Random random) {
      return new SlowFault(cluster.network(), any(cluster, random));
    }
  },

  /** One process after the other ends in good order and is started again. */
  ROLLING {
    @Override
    public Disruption next(FaultCluster cluster, Random random) {
      return new ProcessFault(cluster, cluster.nextInTurn(), ProcessFault.How.RESTART);
    }
  },

  /** Any of the others; of five members sometimes two at once. */
  RANDOM {
    @Override
    public Disruption next(FaultCluster cluster, Random random) {
      if (cluster.hosts().size() >= 5 && random.nextInt(3) == 0) {
        List<NetworkHost> hosts = shuffled(cluster, random);
        Disruption first =
            new ProcessFault(
                cluster,
                hosts.get(0),
                random.nextBoolean() ? ProcessFault.How.KILL : ProcessFault.How.PAUSE);
        NetworkHost other = hosts.get(1);
        Disruption second =
            random.nextBoolean()
                ? CutFault.between(cluster.network(), List.of(other), cluster.othersThan(other))
                : new ProcessFault(cluster, other, ProcessFault.How.PAUSE);
        return new BothFaults(first, second);
      }
      List<Nemesis> kinds = new ArrayList<>(List.of(values()));
      kinds.remove(RANDOM);
      return kinds.get(random.nextInt(kinds.size())).next(cluster, random);
    }
  };

  @Override
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Nemesis titled(String title) {
    return valueOf(title.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static NetworkHost any(FaultCluster cluster, Random random) {
    return cluster.hosts().get(random.nextInt(cluster.hosts().size()));
  }

  private static List<NetworkHost> shuffled(FaultCluster cluster, Random random) {
    List<NetworkHost> hosts = new ArrayList<>(cluster.hosts());
    Collections.shuffle(hosts, random);
    return hosts;
  }
}
