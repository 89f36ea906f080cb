package io.henge.replication.transport;

import org.jgroups.Address;
import org.jgroups.BytesMessage;

/** A message that begins with a {@link FrameHeader}, whose positions are set when it is written. */
final class FrameMessage extends BytesMessage {

  private final boolean urgent;

  FrameMessage(Address to, byte[] headerAndFrame, boolean urgent) {
    super(to, headerAndFrame);
    this.urgent = urgent;
    if (urgent) {
      setFlag(Flag.OOB);
    }
    setFlag(Flag.NO_RELIABILITY);
  }

  /** Whether it goes ahead of data. */
  boolean urgent() {
    return urgent;
  }
}
