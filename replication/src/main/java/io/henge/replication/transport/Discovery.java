package io.henge.replication.transport;

import java.util.List;

/** How a transport finds the members it has not heard of. */
public sealed interface Discovery {

  /** The group that members meet at unless told another one; of the range for one organization. */
  String DEFAULT_GROUP = "239.255.72.69";

  /** The port of that group. */
  int DEFAULT_GROUP_PORT = 7799;

  /**
   * Members of this machine: ports of the bind address are probed.
   *
   * @param portSpan how many ports, beginning with the default port and with the bind port; 0 to
   *     1000
   */
  record ThisMachine(int portSpan) implements Discovery {

    public ThisMachine {
      TransportSettings.require("portSpan", portSpan, 0, 1000);
    }
  }

  /**
   * Hosts by name or address. Names are looked up again and again, and all addresses of a name are
   * asked: one name may stand for all members, as with a headless service of Kubernetes.
   *
   * @param hosts {@code host[port]} each
   */
  record Hosts(List<String> hosts) implements Discovery {

    public Hosts {
      hosts = List.copyOf(hosts);
      hosts.forEach(Seed::parse);
    }
  }

  /**
   * Whoever announces itself to a multicast group. An announcement is only an address to ask over
   * TCP, where the other side has to prove who it is.
   *
   * @param group an IPv4 or IPv6 multicast address
   * @param port from 1 to 65535
   */
  record Multicast(String group, int port) implements Discovery {

    public Multicast {
      TransportSettings.require("the multicast port", port, 1, 65535);
    }
  }

  /**
   * The discovery protocols of a JGroups configuration; its TCP attributes are taken too.
   *
   * @param location a file, or a resource of the class path
   */
  record Configured(String location) implements Discovery {}
}
