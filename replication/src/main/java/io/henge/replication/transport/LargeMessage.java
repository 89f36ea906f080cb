package io.henge.replication.transport;

import org.jgroups.Address;
import org.jgroups.BytesMessage;

/** A frame too large for one packet; it leaves as {@link Fragment}s. */
final class LargeMessage extends BytesMessage {

  private final byte[] header;

  /**
   * Creates a message.
   *
   * @param header a {@link FrameHeader} of kind {@link FrameHeader.Kind#FRAGMENT}
   * @param frame not copied
   */
  LargeMessage(Address to, byte[] header, byte[] frame) {
    super(to, frame);
    this.header = header;
  }

  byte[] header() {
    return header;
  }
}
