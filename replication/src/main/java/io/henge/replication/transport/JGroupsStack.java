package io.henge.replication.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.util.LazyThreadFactory;

/** Builds the two protocols of the channel from the settings, and explains why a start failed. */
final class JGroupsStack {

  private static final int CONNECT_TIMEOUT_MILLIS = 300;
  private static final int GREETING_TIMEOUT_MILLIS = 500;
  private static final int SOCKET_BUFFER_BYTES = 512 * 1024;
  private static final int LARGEST_PORT = 65535;

  private final TransportSettings settings;

  JGroupsStack(TransportSettings settings) {
    this.settings = settings;
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

  /** A channel of the two protocols; {@code bundler} takes every message that leaves. */
  JChannel channel(LinkTcp tcp, SeedPing discovery, InetAddress address, Consumer<Message> bundler)
      throws Exception {
    configure(tcp, bundler);
    bind(tcp, address);
    JChannel channel = new JChannel(tcp, discovery);
    // Its constructor lets system properties of JGroups, set for somebody else, have their way.
    bind(tcp, address);
    channel.setName(settings.nodeName());
    return channel;
  }

  private void bind(LinkTcp tcp, InetAddress address) {
    tcp.setBindAddr(address);
    tcp.setBindPort(settings.bindPort());
    tcp.setPortRange(settings.portRange());
    tcp.setExternalAddr(null);
    tcp.setExternalPort(0);
    tcp.setClientBindAddr(null);
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

  /** The discovery that the settings ask for. */
  SeedPing discovery(InetAddress address) {
    if (!settings.seeds().isEmpty()) {
      return SeedPing.ofHosts(settings.seeds().stream().map(Seed::parse).toList());
    }
    TreeSet<Integer> ports = new TreeSet<>();
    for (int i = 0; i < settings.localPortSpan(); i++) {
      ports.add(TransportSettings.DEFAULT_PORT + i);
      ports.add(Math.min(settings.bindPort() + i, LARGEST_PORT));
    }
    return SeedPing.ofPorts(address, new ArrayList<>(ports));
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
