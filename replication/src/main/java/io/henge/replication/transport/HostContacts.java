package io.henge.replication.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;

/**
 * Hosts by name or address, looked up in every round: the addresses behind a name change when
 * containers come and go. How often a name server is really asked is up to the JVM's cache.
 */
final class HostContacts implements Contacts {

  /** Looks a name up; {@link InetAddress#getAllByName} but for tests. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private static final String CACHE_SECONDS = "networkaddress.cache.ttl";

  private final Logger log;
  private final List<Seed> hosts;
  private final Resolver resolver;
  private final Set<String> unknown = new HashSet<>();
  private IpAddress self;

  HostContacts(Logger log, List<Seed> hosts, Resolver resolver) {
    this.log = log;
    this.hosts = hosts;
    this.resolver = resolver;
  }

  @Override
  public void open(IpAddress address) {
    self = address;
    boolean names = hosts.stream().anyMatch(host -> !Seed.isAddress(host.host()));
    String seconds = Security.getProperty(CACHE_SECONDS);
    if (names && seconds != null && seconds.strip().startsWith("-")) {
      log.log(
          Level.WARNING,
          "This JVM never looks a host name up twice (security property {0} is {1}): members whose"
              + " addresses change will not be found; set it to 30 seconds or less",
          CACHE_SECONDS,
          seconds);
    }
  }

  @Override
  public List<PhysicalAddress> now() {
    Set<PhysicalAddress> found = new LinkedHashSet<>();
    for (Seed host : hosts) {
      for (InetAddress address : resolve(host.host())) {
        // An address of the other family could not be reached from the one bound to.
        if (address.getClass() == self.getIpAddress().getClass()) {
          found.add(new IpAddress(address, host.port()));
        }
      }
    }
    found.remove(self);
    return new ArrayList<>(found);
  }

  private InetAddress[] resolve(String host) {
    try {
      InetAddress[] addresses = resolver.resolve(host);
      if (unknown.remove(host)) {
        log.log(Level.INFO, "The host name {0} resolves again", host);
      }
      return addresses;
    } catch (UnknownHostException e) {
      if (unknown.add(host)) {
        log.log(
            Level.WARNING,
            "The host name {0}, where other members may be, does not resolve; it is looked up"
                + " again and again",
            host);
      }
      return new InetAddress[0];
    }
  }

  @Override
  public void close() {}
}
