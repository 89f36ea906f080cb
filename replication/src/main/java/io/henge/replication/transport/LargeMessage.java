package io.henge.replication.transport;

import io.henge.replication.wire.WireWriter;
import org.jgroups.Address;
import org.jgroups.BytesMessage;

/** A frame too large for one packet; it leaves as {@link Fragment}s. */
final class LargeMessage extends BytesMessage {

  /**
   * Creates a message.
   *
   * @param frame of {@link Transport#frame}, with a {@link FrameHeader} of kind {@link
   *     FrameHeader.Kind#FRAGMENT} in its headroom; not copied
   */
  LargeMessage(Address to, WireWriter frame) {
    super(to, frame.array(), Transport.HEADROOM, frame.size() - Transport.HEADROOM);
  }
}
