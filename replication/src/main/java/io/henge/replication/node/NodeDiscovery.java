package io.henge.replication.node;

import java.time.Duration;
import java.util.List;

/** How a node finds the other members. */
public sealed interface NodeDiscovery {

  /** How long a node looks for others before it founds a cluster without them. */
  default Duration searchTime() {
    return Duration.ofSeconds(1);
  }

  /** There are no others: the node has no network, and nobody reaches it. */
  record Alone() implements NodeDiscovery {

    @Override
    public Duration searchTime() {
      return Duration.ZERO;
    }
  }

  /** Members of this machine, on neighbouring ports. */
  record ThisMachine() implements NodeDiscovery {}

  /**
   * Listed hosts, which may be the founding voters too.
   *
   * @param hosts {@code host[port]} each, at least one
   */
  record Hosts(List<String> hosts) implements NodeDiscovery {

    public Hosts {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * All addresses behind a host name, looked up again and again.
   *
   * @param name a host name, such as that of a headless service of Kubernetes
   * @param port the port that all members listen on
   */
  record Dns(String name, int port) implements NodeDiscovery {}

  /**
   * A multicast group.
   *
   * @param group an IPv4 or IPv6 multicast address; empty for the default one
   * @param port the group's port; 0 for the default one
   */
  record Multicast(String group, int port) implements NodeDiscovery {}

  /**
   * The discovery protocols of a JGroups configuration.
   *
   * @param location a file, or a resource of the class path
   */
  record JGroupsFile(String location) implements NodeDiscovery {}
}
