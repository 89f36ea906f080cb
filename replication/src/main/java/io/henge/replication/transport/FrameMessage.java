package io.henge.replication.transport;

import org.jgroups.Address;
import org.jgroups.BytesMessage;

/** A message that begins with a {@link FrameHeader}, whose positions are set when it is written. */
final class FrameMessage extends BytesMessage {

  private final FrameHeader.Kind kind;

  FrameMessage(Address to, byte[] headerAndFrame, FrameHeader.Kind kind) {
    super(to, headerAndFrame);
    this.kind = kind;
    if (isUrgent()) {
      setFlag(Flag.OOB);
    }
    setFlag(Flag.NO_RELIABILITY);
  }

  /** Whether it goes ahead of data. */
  boolean isUrgent() {
    return kind != FrameHeader.Kind.DATA;
  }

  /** Whether it carries a frame, not only an acknowledgement. */
  boolean carriesFrame() {
    return kind.carriesFrame();
  }

  /** Whether it takes room in the {@link SendWindow}. */
  boolean isCharged() {
    return kind != FrameHeader.Kind.ACKNOWLEDGEMENT;
  }
}
