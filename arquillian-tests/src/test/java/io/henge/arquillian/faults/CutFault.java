package io.henge.arquillian.faults;

import io.henge.arquillian.network.NamespaceNetwork;
import io.henge.arquillian.network.NetworkHost;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Links are cut; at the end every link is whole again.
 *
 * @param network whose links
 * @param what for people
 * @param healthy see {@link Disruption#healthy}
 * @param cutting cuts them
 */
record CutFault(
    NamespaceNetwork network, String what, List<List<NetworkHost>> healthy, Runnable cutting)
    implements Disruption {

  /** A minority is cut off from the others. */
  static CutFault between(
      NamespaceNetwork network, List<NetworkHost> minority, List<NetworkHost> majority) {
    return new CutFault(
        network,
        "cut " + names(minority) + " off",
        List.of(majority),
        () -> network.cut(minority, majority));
  }

  /** Both sides reach the bridge, and with it a majority. */
  static CutFault bridged(
      NamespaceNetwork network,
      List<NetworkHost> side,
      List<NetworkHost> other,
      NetworkHost bridge) {
    return new CutFault(
        network,
        "cut " + names(side) + " from " + names(other) + ", bridged by " + bridge.name(),
        List.of(with(side, bridge), with(other, bridge)),
        () -> network.cut(side, other));
  }

  /** Either of the two may be dropped by the cluster. */
  static CutFault oneWay(NamespaceNetwork network, NetworkHost from, NetworkHost to) {
    return new CutFault(
        network,
        "cut " + from.name() + " -> " + to.name(),
        List.of(without(network, from), without(network, to)),
        () -> network.cutOneWay(from, to));
  }

  /** Nobody hears the victim, which hears everybody. */
  static CutFault mute(NamespaceNetwork network, NetworkHost victim, List<NetworkHost> others) {
    return new CutFault(
        network,
        "mute " + victim.name(),
        List.of(others),
        () -> others.forEach(other -> network.cutOneWay(victim, other)));
  }

  /** The victim hears nobody, and everybody hears it. */
  static CutFault deaf(NamespaceNetwork network, NetworkHost victim, List<NetworkHost> others) {
    return new CutFault(
        network,
        "deafen " + victim.name(),
        List.of(others),
        () -> others.forEach(other -> network.cutOneWay(other, victim)));
  }

  @Override
  public List<NetworkHost> down() {
    return List.of();
  }

  @Override
  public void begin() {
    cutting.run();
  }

  @Override
  public void end() {
    network.heal();
  }

  private static List<NetworkHost> with(List<NetworkHost> side, NetworkHost bridge) {
    List<NetworkHost> all = new ArrayList<>(side);
    all.add(bridge);
    return List.copyOf(all);
  }

  private static List<NetworkHost> without(NamespaceNetwork network, NetworkHost host) {
    return network.hosts().stream().filter(other -> !other.equals(host)).toList();
  }

  private static String names(List<NetworkHost> hosts) {
    return hosts.stream().map(NetworkHost::name).collect(Collectors.joining("+"));
  }
}
