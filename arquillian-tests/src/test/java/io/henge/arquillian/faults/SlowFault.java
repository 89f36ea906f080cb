package io.henge.arquillian.faults;

import io.henge.arquillian.network.NamespaceNetwork;
import io.henge.arquillian.network.NetworkHost;
import java.util.List;

/** What a member sends arrives late; it may be suspended for it or not. */
final class SlowFault implements Disruption {

  private final NamespaceNetwork network;
  private final NetworkHost victim;
  private String how = "";

  SlowFault(NamespaceNetwork network, NetworkHost victim) {
    this.network = network;
    this.victim = victim;
  }

  @Override
  public String what() {
    return "slow " + victim.name() + how;
  }

  @Override
  public List<List<NetworkHost>> healthy() {
    return List.of(network.hosts().stream().filter(host -> !host.equals(victim)).toList());
  }

  @Override
  public List<NetworkHost> down() {
    return List.of();
  }

  @Override
  public void begin() {
    how = " (" + network.slowDown(victim) + ")";
  }

  @Override
  public void end() {
    network.speedUp(victim);
  }
}
