package io.henge.replication.transport;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCPPING;
import org.jgroups.stack.IpAddress;

/** Asks the seeds for members, by JGroups' static discovery. */
final class SeedPing extends TCPPING {

  private static final long RESPONSE_EXPIRY_MILLIS = 2000;

  private SeedPing() {
    this.id = ClassConfigurator.getProtocolId(TCPPING.class);
    this.port_range = 0;
    this.send_cache_on_join = false;
    // A request is kept until it expires; the default of a minute would keep one for each round.
    this.discovery_rsp_expiry_time = RESPONSE_EXPIRY_MILLIS;
  }

  /** Asks the given hosts; a name that does not resolve is tried again in every round. */
  static SeedPing ofHosts(List<Seed> seeds) {
    SeedPing ping = new SeedPing();
    ping.initial_hosts_str =
        seeds.stream()
            .map(seed -> seed.host() + "[" + seed.port() + "]")
            .collect(Collectors.joining(","));
    return ping;
  }

  /** Asks ports of one address. */
  static SeedPing ofPorts(InetAddress address, List<Integer> ports) {
    SeedPing ping = new SeedPing();
    List<PhysicalAddress> hosts = new ArrayList<>();
    for (int port : ports) {
      hosts.add(new IpAddress(address, port));
    }
    ping.initial_hosts = hosts;
    ping.initial_hosts_set_programmatically = true;
    return ping;
  }
}
