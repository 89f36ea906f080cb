package io.henge.replication.transport;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;

/** Tells whether another packet has arrived already, so that reading it cannot block. */
final class Lookahead {

  private Lookahead() {}

  /**
   * Whether the stream, which stands between two packets, holds the whole next one with its length
   * before it. Nothing is consumed.
   */
  static boolean holdsPacket(DataInput from) throws IOException {
    if (!(from instanceof DataInputStream in) || !in.markSupported()) {
      return false;
    }
    int available = in.available();
    if (available < Integer.BYTES + PacketCodec.SMALLEST_BYTES) {
      return false;
    }
    in.mark(Integer.BYTES);
    int length = in.readInt();
    in.reset();
    return length >= PacketCodec.SMALLEST_BYTES
        && length <= PacketCodec.LARGEST_BYTES
        && available - Integer.BYTES >= length;
  }
}
