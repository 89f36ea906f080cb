package io.henge.replication.transport;

import io.henge.replication.transport.tls.MutualTls;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.stack.Protocol;
import org.jgroups.util.LazyThreadFactory;

/** Builds the protocols of the channel from the settings, and explains why a start failed. */
final class JGroupsStack {

  private static final int CONNECT_TIMEOUT_MILLIS = 300;
  private static final int GREETING_TIMEOUT_MILLIS = 500;
  private static final int SOCKET_BUFFER_BYTES = 512 * 1024;
  private static final int LARGEST_PORT = 65535;

  private final Logger log;
  private final TransportSettings settings;
  private final HostContacts.Resolver resolver;

  JGroupsStack(Logger log, TransportSettings settings, HostContacts.Resolver resolver) {
    this.log = log;
    this.settings = settings;
    this.resolver = resolver;
  }

  /** The address to listen on. */
  InetAddress bindAddress() throws IOException {
    InetAddress address;
    try {
      address = InetAddress.getByName(settings.bindAddress());
    } catch (UnknownHostException e) {
      throw new IOException(
          "the bind address " + settings.bindAddress() + " does not resolve to an address", e);
    }
    if (address.isAnyLocalAddress()) {
      throw new IOException(
          "the bind address "
              + settings.bindAddress()
              + " is the wildcard, at which no other member can reach this one: give one address of"
              + " this machine");
    }
    return address;
  }

  /** The user's own configuration, or null if there is none. */
  StackFile file() throws IOException {
    return settings.discovery() instanceof Discovery.Configured configured
        ? StackFile.read(configured.location())
        : null;
  }

  /** Where members may be, as far as Henge's own discovery looks for them. */
  Contacts contacts(InetAddress address) {
    Discovery discovery = settings.discovery();
    if (discovery instanceof Discovery.Hosts hosts) {
      return new HostContacts(log, hosts.hosts().stream().map(Seed::parse).toList(), resolver);
    }
    if (discovery instanceof Discovery.Multicast group) {
      long clusterHash = FrameHeader.clusterHash(settings.clusterName());
      return new MulticastContacts(log, group, clusterHash, threads("henge-multicast"));
    }
    return new PortContacts(
        address,
        discovery instanceof Discovery.ThisMachine here ? ports(here.portSpan()) : new TreeSet<>());
  }

  private SortedSet<Integer> ports(int span) {
    SortedSet<Integer> ports = new TreeSet<>();
    for (int i = 0; i < span; i++) {
      ports.add(TransportSettings.DEFAULT_PORT + i);
      ports.add(Math.min(settings.bindPort() + i, LARGEST_PORT));
    }
    return ports;
  }

  /**
   * A channel.
   *
   * @param file the user's own configuration, or null
   * @param discoveries the protocols above TCP
   * @param bundler takes every message that leaves
   */
  JChannel channel(
      LinkTcp tcp,
      StackFile file,
      List<? extends Protocol> discoveries,
      InetAddress address,
      Consumer<Message> bundler)
      throws Exception {
    configure(tcp, bundler);
    bind(tcp, file, address);
    List<Protocol> protocols = new ArrayList<>();
    protocols.add(tcp);
    protocols.addAll(discoveries);
    JChannel channel = new JChannel(protocols);
    // Its constructor lets system properties of JGroups, set for somebody else, have their way.
    bind(tcp, file, address);
    channel.setName(settings.nodeName());
    return channel;
  }

  private void bind(LinkTcp tcp, StackFile file, InetAddress address) throws IOException {
    tcp.setBindAddr(address);
    tcp.setBindPort(settings.bindPort());
    tcp.setPortRange(settings.portRange());
    tcp.setExternalAddr(null);
    tcp.setExternalPort(0);
    tcp.setClientBindAddr(null);
    if (file != null) {
      file.configure(tcp, address);
    }
  }

  private void configure(LinkTcp tcp, Consumer<Message> bundler) {
    tcp.useVirtualThreads(false);
    tcp.setThreadFactory(threads("henge-jgroups"));
    tcp.setMessageProcessingPolicy("all-direct");
    tcp.setBundler(new LinkBundler(bundler));
    tcp.tcpNodelay(true);
    tcp.setSockConnTimeout(CONNECT_TIMEOUT_MILLIS);
    tcp.setPeerAddrReadTimeout(GREETING_TIMEOUT_MILLIS);
    tcp.setSendBufSize(SOCKET_BUFFER_BYTES);
    tcp.setRecvBufSize(SOCKET_BUFFER_BYTES);
  }

  /** Lets the transport speak nothing but TLS. */
  void secure(LinkTcp tcp, MutualTls tls, Refusals refusals) {
    tcp.setSocketFactory(new TlsSockets(tls, refusals, threads("henge-tls")));
  }

  /** Daemon threads whose names tell purpose, cluster and node. */
  LazyThreadFactory threads(String purpose) {
    LazyThreadFactory threads = new LazyThreadFactory(purpose, true, true);
    threads.setPattern("cl");
    threads.setClusterName(settings.clusterName());
    threads.setAddress(settings.nodeName());
    return threads;
  }

  /** Says what was wrong and where. */
  IOException startFailure(Exception cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof BindException) {
        int last = settings.bindPort() + settings.portRange();
        String ports =
            settings.portRange() == 0
                ? "port " + last
                : "any port from " + settings.bindPort() + " to " + last;
        return new IOException(
            "node "
                + settings.nodeName()
                + " cannot listen on "
                + settings.bindAddress()
                + ", "
                + ports
                + ": taken by another process, or not an address of this machine",
            cause);
      }
    }
    return new IOException(
        "node " + settings.nodeName() + " cannot open its JGroups channel: " + cause, cause);
  }
}
