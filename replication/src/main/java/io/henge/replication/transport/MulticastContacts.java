package io.henge.replication.transport;

import io.henge.replication.wire.MalformedFrameException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;

/**
 * Members that announce themselves to a multicast group. This side announces itself once in each
 * round; who was not heard for a time is forgotten. Anybody can send to the group, so what is heard
 * is bounded, and used for nothing but to ask there.
 */
final class MulticastContacts implements Contacts {

  private static final int MOST_CONTACTS = 1024;
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int HOPS = 2;

  private final Logger log;
  private final Discovery.Multicast settings;
  private final long clusterHash;
  private final ThreadFactory threads;
  private final Map<IpAddress, Long> heard = new ConcurrentHashMap<>();
  private IpAddress self;
  private InetSocketAddress group;
  private DatagramChannel channel;
  private boolean sendFailed;

  MulticastContacts(
      Logger log, Discovery.Multicast settings, long clusterHash, ThreadFactory threads) {
    this.log = log;
    this.settings = settings;
    this.clusterHash = clusterHash;
    this.threads = threads;
  }

  @Override
  public void open(IpAddress address) throws IOException {
    self = address;
    group = new InetSocketAddress(groupAddress(), settings.port());
    try {
      NetworkInterface through = NetworkInterface.getByInetAddress(self.getIpAddress());
      boolean six = group.getAddress() instanceof Inet6Address;
      channel =
          DatagramChannel.open(six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(settings.port()));
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, through);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, HOPS);
      channel.join(group.getAddress(), through);
    } catch (IOException | RuntimeException e) {
      close();
      throw new IOException(
          "cannot join the multicast group "
              + settings.group()
              + " on port "
              + settings.port()
              + " through the interface of "
              + self.getIpAddress().getHostAddress()
              + ": "
              + e
              + "; if the network has no multicast, use static:// or dns:// to find the others",
          e);
    }
    threads.newThread(this::receive).start();
  }

  private InetAddress groupAddress() throws IOException {
    InetAddress address;
    try {
      address = InetAddress.getByName(settings.group());
    } catch (UnknownHostException e) {
      throw new IOException("the multicast group " + settings.group() + " is not an address", e);
    }
    if (!address.isMulticastAddress()) {
      throw new IOException(
          settings.group()
              + " is no multicast group: those are 224.0.0.0 to 239.255.255.255, and ff00::/8");
    }
    return address;
  }

  private void receive() {
    ByteBuffer datagram = ByteBuffer.allocate(Announcement.MOST_BYTES);
    while (channel.isOpen()) {
      datagram.clear();
      try {
        channel.receive(datagram);
        note(Announcement.decode(datagram.array(), datagram.position()));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | MalformedFrameException e) {
        log.log(Level.DEBUG, "A datagram to " + settings.group() + " is ignored", e);
      }
    }
  }

  private void note(Announcement announcement) {
    IpAddress address = announcement.address();
    boolean ours = announcement.clusterHash() == clusterHash && !address.equals(self);
    if (ours && (heard.size() < MOST_CONTACTS || heard.containsKey(address))) {
      heard.put(address, System.nanoTime());
    }
  }

  @Override
  public List<PhysicalAddress> now() {
    announce();
    long now = System.nanoTime();
    heard.values().removeIf(at -> now - at > KEPT_NANOS);
    return new ArrayList<>(heard.keySet());
  }

  private void announce() {
    try {
      channel.send(ByteBuffer.wrap(new Announcement(clusterHash, self).encode()), group);
      sendFailed = false;
    } catch (IOException e) {
      if (channel.isOpen() && !sendFailed) {
        sendFailed = true;
        log.log(
            Level.WARNING,
            "This member cannot announce itself to the multicast group " + settings.group(),
            e);
      }
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        log.log(Level.DEBUG, "Closing the multicast socket", e);
      }
    }
  }
}
