package io.henge.arquillian.faults;

import io.henge.arquillian.network.NetworkHost;
import java.util.List;
import java.util.Locale;

/** A member's process is killed, stopped, or ended in good order; at the end it runs again. */
final class ProcessFault implements Disruption {

  /** What is done to the process. */
  enum How {
    KILL,
    PAUSE,
    RESTART
  }

  private final FaultCluster cluster;
  private final NetworkHost victim;
  private final How how;

  ProcessFault(FaultCluster cluster, NetworkHost victim, How how) {
    this.cluster = cluster;
    this.victim = victim;
    this.how = how;
  }

  @Override
  public String what() {
    return how.name().toLowerCase(Locale.ROOT) + " " + victim.name();
  }

  @Override
  public List<List<NetworkHost>> healthy() {
    return List.of(cluster.othersThan(victim));
  }

  @Override
  public List<NetworkHost> down() {
    return List.of(victim);
  }

  @Override
  public boolean spares() {
    return how == How.PAUSE;
  }

  @Override
  public void begin() {
    switch (how) {
      case KILL -> cluster.on(victim).kill();
      case PAUSE -> cluster.on(victim).pause();
      case RESTART -> cluster.on(victim).close();
    }
  }

  @Override
  public void end() {
    switch (how) {
      case KILL, RESTART -> cluster.restart(victim);
      case PAUSE -> cluster.on(victim).resume();
    }
  }
}
