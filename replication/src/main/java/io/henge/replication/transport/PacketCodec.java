package io.henge.replication.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.Version;
import org.jgroups.protocols.TP;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.Util;

/**
 * JGroups' packets: one message, or a list of messages between the same two members. Reads plain
 * byte messages only, because the other types of JGroups deserialize what a stranger sends.
 */
final class PacketCodec {

  /** The smallest packet: version, flags and message type. */
  static final int SMALLEST_BYTES = TP.MSG_OVERHEAD;

  /** The largest packet that a member writes. */
  static final int LARGEST_BYTES = FrameHeader.LARGEST_MESSAGE_BYTES + 256 * 1024;

  private static final int OVERHEAD_BYTES = 256;

  private PacketCodec() {}

  /** What a packet of these messages takes at most, in bytes. */
  static int estimate(List<Message> messages) {
    int bytes = OVERHEAD_BYTES;
    for (Message message : messages) {
      bytes += message.getLength() + OVERHEAD_BYTES;
    }
    return bytes;
  }

  /** Writes messages of one sender to one receiver. */
  static void write(List<Message> messages, byte[] clusterName, ByteArrayDataOutputStream packet)
      throws IOException {
    Message first = messages.get(0);
    if (messages.size() == 1) {
      Util.writeMessage(first, packet, false);
    } else {
      Util.writeMessageList(first.getDest(), first.getSrc(), clusterName, messages, packet, false);
    }
  }

  /**
   * Reads a packet; the messages share its bytes.
   *
   * @throws IOException if it is malformed or holds anything but plain byte messages
   */
  static List<Message> read(byte[] packet) throws IOException {
    try {
      return readMessages(new ByteArrayDataInputStream(packet, 0, packet.length));
    } catch (ClassNotFoundException | RuntimeException e) {
      // JGroups' readers trust their input and fail in many ways on bytes that make no sense.
      throw new IOException("malformed: " + e, e);
    }
  }

  private static List<Message> readMessages(ByteArrayDataInputStream in)
      throws IOException, ClassNotFoundException {
    short version = in.readShort();
    if (!Version.isBinaryCompatible(version)) {
      throw new IOException("JGroups version " + Version.print(version));
    }
    byte flags = in.readByte();
    if ((flags & TP.MULTICAST) != 0) {
      throw new IOException("a multicast");
    }
    if ((flags & TP.LIST) == 0) {
      return List.of(readMessage(in));
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
      messages.add(readMessage(in).setDest(receiver).setSrc(sender));
    }
    return messages;
  }

  private static Message readMessage(ByteArrayDataInputStream in)
      throws IOException, ClassNotFoundException {
    short type = in.readShort();
    if (type != Message.BYTES_MSG) {
      throw new IOException("message type " + type);
    }
    BytesMessage message = new ReceivedMessage();
    message.readFrom(in);
    return message;
  }
}
