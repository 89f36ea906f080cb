package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Transports on loopback, closed together. */
final class TransportFixture implements AutoCloseable {

  static final String HOST = "127.0.0.1";
  static final int QUEUE_FRAMES = 1000;
  static final long QUEUE_BYTES = 8 << 20;

  private final List<JGroupsTransport> opened = new ArrayList<>();

  static MemberId newMember() {
    return MemberId.of(UUID.randomUUID());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A port that was free a moment ago. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TransportSettings settings(String cluster, int port, String... seeds) {
    return unbuilt(cluster, port, seeds).build();
  }

  static TransportSettings.Builder unbuilt(String cluster, int port, String... seeds) {
    return TransportSettings.builder()
        .clusterName(cluster)
        .nodeName("node-" + port)
        .bindAddress(HOST)
        .bindPort(port)
        .discovery(new Discovery.Hosts(List.of(seeds)))
        .queueFramesPerPeer(QUEUE_FRAMES)
        .queueBytesPerPeer(QUEUE_BYTES);
  }

  static String seed(int port) {
    return HOST + "[" + port + "]";
  }

  JGroupsTransport open(TransportSettings settings, TransportListener listener) throws IOException {
    return open(settings, newMember(), listener);
  }

  JGroupsTransport open(TransportSettings settings, MemberId self, TransportListener listener)
      throws IOException {
    return open(settings, self, listener, InetAddress::getAllByName);
  }

  JGroupsTransport open(
      TransportSettings settings,
      MemberId self,
      TransportListener listener,
      HostContacts.Resolver resolver)
      throws IOException {
    JGroupsTransport transport = new JGroupsTransport(settings, self, resolver);
    opened.add(transport);
    transport.start(listener);
    return transport;
  }

  @Override
  public void close() {
    opened.forEach(JGroupsTransport::close);
  }
}
