package io.henge.replication.transport;

import java.io.DataInput;
import java.io.IOException;
import org.jgroups.BytesMessage;
import org.jgroups.util.ByteArrayDataInputStream;

/**
 * A message read from a packet that is in memory as a whole: its payload stays there instead of
 * being copied, and its length is checked before anything is allocated for it.
 */
final class ReceivedMessage extends BytesMessage {

  @Override
  public void readPayload(DataInput in) throws IOException {
    if (!(in instanceof ByteArrayDataInputStream packet)) {
      throw new IOException("not read from a packet");
    }
    int length = packet.readInt();
    if (length > packet.limit() - packet.position()) {
      throw new IOException("a payload of " + length + " bytes, longer than its packet");
    }
    if (length >= 0) {
      setArray(packet.buffer(), packet.position(), length);
      packet.skipBytes(length);
    }
  }
}
