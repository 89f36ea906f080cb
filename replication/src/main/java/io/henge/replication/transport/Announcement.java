package io.henge.replication.transport;

import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jgroups.stack.IpAddress;

/**
 * What a member tells a multicast group: the hash of its cluster's name, and where it listens.
 *
 * @param clusterHash see {@link FrameHeader#clusterHash}
 * @param address where the sender says it listens
 */
record Announcement(long clusterHash, IpAddress address) {

  /** More than the longest one. */
  static final int MOST_BYTES = 64;

  private static final int MAGIC = 0x48454E41;
  private static final int VERSION = 1;

  byte[] encode() {
    return new WireWriter(MOST_BYTES)
        .writeInt(MAGIC)
        .writeByte(VERSION)
        .writeLong(clusterHash)
        .writeBytes(address.getIpAddress().getAddress())
        .writeInt(address.getPort())
        .toByteArray();
  }

  /**
   * Decodes what {@link #encode} wrote.
   *
   * @throws MalformedFrameException for anything else
   */
  static Announcement decode(byte[] bytes, int length) {
    WireReader reader = new WireReader(bytes, 0, length);
    if (reader.readInt() != MAGIC || reader.readByte() != VERSION) {
      throw new MalformedFrameException("no announcement of this version");
    }
    long clusterHash = reader.readLong();
    byte[] address = reader.readBytes();
    int port = reader.readInt();
    reader.expectEnd();
    if (port < 1 || port > 65535) {
      throw new MalformedFrameException("an announcement of port " + port);
    }
    try {
      return new Announcement(clusterHash, new IpAddress(InetAddress.getByAddress(address), port));
    } catch (UnknownHostException e) {
      throw new MalformedFrameException(
          "an announcement of an address of " + address.length + " bytes");
    }
  }
}
