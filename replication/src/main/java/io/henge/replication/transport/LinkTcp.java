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
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.Version;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.logging.Log;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.TpHeader;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.Util;

/**
 * The TCP transport of JGroups, independent of views: a broken connection is reported whoever is in
 * the view, a view change closes no connection, and an address once learned is not forgotten. A
 * packet is read into memory as a whole, checked, and delivered on the thread that read it
 * (JGroups' processing policy {@code all-direct}); only plain byte messages are accepted, because
 * the other types of JGroups deserialize what a stranger sends.
 */
final class LinkTcp extends TCP implements PeerLink.Wire {

  /** What the transport tells. */
  interface Events {
    /** A member's address was learned, by discovery or because it connected. */
    void addressLearned(Address member, IpAddress at);

    /** The connection broke without a goodbye, and no other one stands. */
    void connectionLost(IpAddress to);
  }

  private static final int LARGEST_PACKET_BYTES = FrameHeader.LARGEST_MESSAGE_BYTES + 256 * 1024;
  private static final int OVERHEAD_BYTES = 256;

  private final Events events;
  private final Refusals refusals;
  private final Log serverLog;
  private final Cork cork;
  private final Map<Address, Connection> standing = new ConcurrentHashMap<>();

  LinkTcp(Events events, Refusals refusals, Log serverLog, Cork cork) {
    this.cork = cork;
    this.events = events;
    this.refusals = refusals;
    this.serverLog = serverLog;
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
    Connection connection = standing.get(address);
    return connection != null && connection.isConnected() && !connection.isClosed();
  }

  @Override
  public void writeConnected(IpAddress address, List<Message> batch) throws IOException {
    Connection connection = standing.get(address);
    if (connection == null) {
      throw new IOException("the connection to " + address + " was closed");
    }
    try {
      writePackets(batch, (packet, length) -> connection.send(packet, 0, length));
    } catch (IOException e) {
      // Its reader notices, removes it and reports the loss.
      connection.close(false);
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
    try {
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
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      // JGroups declares Exception for everything; what a connection throws is wrapped for callers.
      throw new IOException(e);
    }
  }

  private void writePacket(List<Message> messages, PacketWriter writer) throws Exception {
    int capacity = OVERHEAD_BYTES;
    for (Message message : messages) {
      capacity += message.getLength() + OVERHEAD_BYTES;
    }
    ByteArrayDataOutputStream packet = new ByteArrayDataOutputStream(capacity);
    Message first = messages.get(0);
    if (messages.size() == 1) {
      Util.writeMessage(first, packet, false);
    } else {
      Util.writeMessageList(
          first.getDest(), first.getSrc(), cluster_name.val(), messages, packet, false);
    }
    writer.write(packet.buffer(), packet.position());
  }

  // Reading

  /**
   * {@inheritDoc}
   *
   * @throws IOException for a length that no member writes: the rest of the stream makes no sense
   *     then, and the exception ends the connection
   */
  @Override
  public void receive(Address origin, DataInput in, int length) throws Exception {
    if (length < MSG_OVERHEAD || length > LARGEST_PACKET_BYTES) {
      String reason = "a packet of " + length + " bytes";
      refusals.refuse(String.valueOf(origin), reason);
      throw new IOException(reason + " from " + origin);
    }
    byte[] packet = new byte[length];
    in.readFully(packet);
    List<Message> messages = parseOrRefuse(origin, packet);
    if (messages.size() == 1) {
      deliver(origin, messages.get(0));
    } else {
      cork.during(() -> messages.forEach(message -> deliver(origin, message)));
    }
  }

  /** Never used by a TCP server of this version, which hands over a stream. */
  @Override
  public void receive(Address origin, byte[] data, int offset, int length) {
    refusals.refuse(String.valueOf(origin), "a packet outside its stream");
  }

  private List<Message> parseOrRefuse(Address origin, byte[] packet) {
    try {
      return parse(packet);
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      refusals.refuse(String.valueOf(origin), "a malformed packet: " + e.getMessage());
      return List.of();
    }
  }

  private static List<Message> parse(byte[] packet) throws IOException, ClassNotFoundException {
    ByteArrayDataInputStream in = new ByteArrayDataInputStream(packet, 0, packet.length);
    short version = in.readShort();
    if (!Version.isBinaryCompatible(version)) {
      throw new IOException("JGroups version " + Version.print(version));
    }
    byte flags = in.readByte();
    if ((flags & MULTICAST) != 0) {
      throw new IOException("a multicast");
    }
    if ((flags & LIST) == 0) {
      return List.of(parseMessage(in));
    }
    Address receiver = Util.readAddress(in);
    Address sender = Util.readAddress(in);
    int nameLength = in.readShort();
    in.skipBytes(Math.max(0, nameLength));
    int count = in.readInt();
    if (count <= 0) {
      throw new IOException("a list of " + count + " messages");
    }
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(parseMessage(in).setDest(receiver).setSrc(sender));
    }
    return messages;
  }

  private static Message parseMessage(ByteArrayDataInputStream in)
      throws IOException, ClassNotFoundException {
    short type = in.readShort();
    if (type != Message.BYTES_MSG) {
      throw new IOException("message type " + type);
    }
    BytesMessage message = new ReceivedMessage();
    message.readFrom(in);
    return message;
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
    Connection replaced = standing.put(connection.peerAddress(), connection);
    if (replaced != null && replaced != connection) {
      close(replaced, false);
    }
  }

  @Override
  public void connectionClosed(Connection connection) {
    Address peer = connection.peerAddress();
    boolean stood = standing.remove(peer, connection);
    if (stood && connected && !connection.isClosedGracefully() && peer instanceof IpAddress at) {
      events.connectionLost(at);
    }
  }

  /** Closes a connection by will: no loss is reported. */
  void disconnect(IpAddress address, boolean graceful) {
    Connection connection = standing.remove(address);
    if (connection != null) {
      close(connection, graceful);
    }
  }

  private void close(Connection connection, boolean graceful) {
    try {
      connection.close(graceful);
    } catch (IOException e) {
      serverLog.debug("closing the connection to " + connection.peerAddress(), e);
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

  /** Keeps every connection: a view says nothing about who is a member. */
  @Override
  public void retainAll(Collection<Address> members) {}

  @Override
  public boolean addPhysicalAddressToCache(Address member, PhysicalAddress at) {
    boolean added = super.addPhysicalAddressToCache(member, at);
    if (at instanceof IpAddress address && !member.equals(local_addr)) {
      events.addressLearned(member, address);
    }
    return added;
  }
}
