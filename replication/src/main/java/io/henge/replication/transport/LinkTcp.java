package io.henge.replication.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.logging.Log;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.TpHeader;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataOutputStream;

/**
 * The TCP transport of JGroups, independent of views: a broken connection is reported whoever is in
 * the view, a view change closes no connection, and an address once learned is not forgotten. A
 * packet is read into memory as a whole, checked, and delivered on the thread that read it
 * (JGroups' processing policy {@code all-direct}).
 */
final class LinkTcp extends TCP implements PeerLink.Wire {

  /** How many packets are worked off before the answers to the first one leave. */
  private static final int PACKETS_AT_ONCE = 16;

  /** What the transport tells. */
  interface Events {
    /** A member said itself where it listens, in its discovery or because it connected. */
    void memberSpoke(Address member, IpAddress at);

    /** The connection is gone and no other one stands; by a goodbye or without one. */
    void connectionEnded(IpAddress to, boolean goodbye);
  }

  /** A connection that stands, and when something was last read from it. */
  private static final class Standing {
    private final Connection connection;
    private volatile long heardAt = System.nanoTime();

    private Standing(Connection connection) {
      this.connection = connection;
    }
  }

  private final Events events;
  private final Refusals refusals;
  private final Log serverLog;
  private final Cork cork;
  private final PacketBuffers packetBuffers = new PacketBuffers();
  private final Map<Address, Standing> standing = new ConcurrentHashMap<>();

  LinkTcp(Events events, Refusals refusals, Log serverLog, Cork cork) {
    this.events = events;
    this.refusals = refusals;
    this.serverLog = serverLog;
    this.cork = cork;
    this.id = ClassConfigurator.getProtocolId(TP.class);
  }

  @Override
  public void start() throws Exception {
    super.start();
    srv.log(serverLog);
    srv.logDetails(false);
  }

  // Writing

  @Override
  public boolean isConnected(IpAddress address) {
    Standing stands = standing.get(address);
    return stands != null && stands.connection.isConnected() && !stands.connection.isClosed();
  }

  @Override
  public void writeConnected(IpAddress address, List<Message> batch) throws IOException {
    Standing stands = standing.get(address);
    if (stands == null) {
      throw new IOException("the connection to " + address + " was closed");
    }
    try {
      writePackets(batch, (packet, length) -> stands.connection.send(packet, 0, length));
    } catch (IOException e) {
      // Its reader notices, removes it and reports the loss.
      stands.connection.close(false);
      throw e;
    }
  }

  @Override
  public void write(IpAddress address, List<Message> batch) throws IOException {
    writePackets(batch, (packet, length) -> srv.send(address, packet, 0, length));
  }

  private interface PacketWriter {
    void write(byte[] packet, int length) throws Exception;
  }

  /** Frames for the same member go as one list; other messages one by one. */
  private void writePackets(List<Message> batch, PacketWriter writer) throws IOException {
    List<Message> frames = new ArrayList<>(batch.size());
    for (Message message : batch) {
      if (message instanceof FrameMessage) {
        frames.add(message);
      } else {
        writePacket(List.of(message), writer);
      }
    }
    if (!frames.isEmpty()) {
      writePacket(frames, writer);
    }
  }

  private void writePacket(List<Message> messages, PacketWriter writer) throws IOException {
    ByteArrayDataOutputStream packet = packetBuffers.lend(PacketCodec.estimate(messages));
    try {
      PacketCodec.write(messages, cluster_name.val(), packet);
      writer.write(packet.buffer(), packet.position());
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      // JGroups declares Exception for everything; what a connection throws is wrapped for callers.
      throw new IOException(e);
    } finally {
      packetBuffers.giveBack(packet); // a TCP connection has written or copied all of it
    }
  }

  // Reading

  /**
   * {@inheritDoc}
   *
   * <p>Packets that have arrived behind it are worked off with it, so that the answers to all of
   * them leave together.
   *
   * @throws IOException for a length that no member writes: the rest of the stream makes no sense
   *     then, and the exception ends the connection
   */
  @Override
  public void receive(Address origin, DataInput in, int length) throws Exception {
    List<Message> messages = readPacket(origin, in, length);
    if (Lookahead.holdsPacket(in)) {
      messages = new ArrayList<>(messages);
      for (int i = 1; i < PACKETS_AT_ONCE && Lookahead.holdsPacket(in); i++) {
        messages.addAll(readPacket(origin, in, in.readInt()));
      }
    }
    if (messages.size() == 1) {
      deliver(origin, messages.get(0));
    } else {
      List<Message> all = messages;
      cork.during(() -> all.forEach(message -> deliver(origin, message)));
    }
  }

  /** The messages of a packet; none if it is refused. */
  private List<Message> readPacket(Address origin, DataInput in, int length) throws IOException {
    if (length < PacketCodec.SMALLEST_BYTES || length > PacketCodec.LARGEST_BYTES) {
      String reason = "a packet of " + length + " bytes";
      refusals.refuse(String.valueOf(origin), reason);
      throw new IOException(reason + " from " + origin);
    }
    byte[] packet = new byte[length];
    in.readFully(packet);
    Standing stands = standing.get(origin);
    if (stands != null) {
      stands.heardAt = System.nanoTime();
    }
    try {
      return PacketCodec.read(packet);
    } catch (IOException e) {
      refusals.refuse(String.valueOf(origin), "a packet that is " + e.getMessage());
      return List.of();
    }
  }

  /** Never used by a TCP server of this version, which hands over a stream. */
  @Override
  public void receive(Address origin, byte[] data, int offset, int length) {
    refusals.refuse(String.valueOf(origin), "a packet outside its stream");
  }

  private void deliver(Address origin, Message message) {
    TpHeader header = message.getHeader(id);
    if (header == null || !cluster_name.equals(header.clusterName())) {
      refusals.refuse(
          String.valueOf(origin),
          header == null || header.clusterName() == null
              ? "a message without a cluster name"
              : "a message of the cluster '" + new String(header.clusterName(), US_ASCII) + "'");
      return;
    }
    if (message.getSrc() == null || unicastDestMismatch(message.getDest())) {
      refusals.refuse(String.valueOf(origin), "a message for " + message.getDest());
      return;
    }
    if (origin instanceof IpAddress at && getPhysicalAddressFromCache(message.getSrc()) == null) {
      addPhysicalAddressToCache(message.getSrc(), at);
    }
    passMessageUp(message, false, false, false);
  }

  // Connections and addresses

  /**
   * {@inheritDoc}
   *
   * <p>Closes the one it replaces at once: JGroups would say goodbye on it, on the thread that
   * accepts connections, and wait there as long as a stuck write does.
   */
  @Override
  public void connectionEstablished(Connection connection) {
    Standing replaced = standing.put(connection.peerAddress(), new Standing(connection));
    if (replaced != null && replaced.connection != connection) {
      close(replaced.connection, false);
    }
  }

  @Override
  public void connectionClosed(Connection connection) {
    Address peer = connection.peerAddress();
    Standing stands = standing.get(peer);
    boolean stood =
        stands != null && stands.connection == connection && standing.remove(peer, stands);
    if (stood && connected && peer instanceof IpAddress at) {
      events.connectionEnded(at, connection.isClosedGracefully());
    }
  }

  /** Closes a connection by will, which is not reported. */
  void disconnect(IpAddress address, boolean goodbye) {
    Standing stands = standing.remove(address);
    if (stands != null) {
      close(stands.connection, goodbye);
    }
  }

  /** Closes all connections; says goodbye, which can block, only where the predicate allows it. */
  void disconnectAll(Predicate<IpAddress> canSayGoodbye) {
    for (Address address : List.copyOf(standing.keySet())) {
      if (address instanceof IpAddress at) {
        disconnect(at, canSayGoodbye.test(at));
      }
    }
  }

  /**
   * Closes connections from which nothing was read for a time. JGroups refuses a new connection of
   * a peer while an old one stands, so a stale one would keep the peer out.
   *
   * @param which the addresses to look at
   * @param limit nanoseconds
   */
  void disconnectSilent(Predicate<IpAddress> which, long limit) {
    long now = System.nanoTime();
    standing.forEach(
        (address, stands) -> {
          if (now - stands.heardAt > limit && address instanceof IpAddress at && which.test(at)) {
            disconnect(at, false);
          }
        });
  }

  private void close(Connection connection, boolean goodbye) {
    try {
      connection.close(goodbye);
    } catch (IOException e) {
      serverLog.debug("closing the connection to " + connection.peerAddress(), e);
    }
  }

  /** Keeps every connection: a view says nothing about who is a member. */
  @Override
  public void retainAll(Collection<Address> members) {}

  @Override
  public boolean addPhysicalAddressToCache(Address member, PhysicalAddress at) {
    boolean added = super.addPhysicalAddressToCache(member, at);
    if (at instanceof IpAddress address && !member.equals(local_addr)) {
      events.memberSpoke(member, address);
    }
    return added;
  }

  /** Notes an address by hearsay. */
  void noteAddress(Address member, IpAddress at) {
    super.addPhysicalAddressToCache(member, at);
  }

  /** Forgets an address. */
  void forgetAddress(Address member) {
    logical_addr_cache.remove(member, true);
  }
}
