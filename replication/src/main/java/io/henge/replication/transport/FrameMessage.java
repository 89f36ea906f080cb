package io.henge.replication.transport;

import org.jgroups.Address;
import org.jgroups.BytesMessage;

/** A message that begins with a {@link FrameHeader}, whose positions are set when it is written. */
final class FrameMessage extends BytesMessage {

  private final FrameHeader.Kind kind;
  private final boolean carriesFrame;

  FrameMessage(Address to, byte[] headerAndFrame, FrameHeader.Kind kind) {
    this(to, headerAndFrame, headerAndFrame.length, kind, kind.carriesFrame());
  }

  /**
   * Creates a message.
   *
   * @param headerAndFrame an array that begins with them
   * @param length of both
   * @param carriesFrame whether it counts as a frame: a whole one, or the last part of one
   */
  FrameMessage(
      Address to, byte[] headerAndFrame, int length, FrameHeader.Kind kind, boolean carriesFrame) {
    super(to, headerAndFrame, 0, length);
    this.kind = kind;
    this.carriesFrame = carriesFrame;
    if (isUrgent()) {
      setFlag(Flag.OOB);
    }
    setFlag(Flag.NO_RELIABILITY);
  }

  /** Whether it goes ahead of data. */
  boolean isUrgent() {
    return kind != FrameHeader.Kind.DATA && kind != FrameHeader.Kind.FRAGMENT;
  }

  /** Whether it carries a frame or the end of one, not only an acknowledgement. */
  boolean carriesFrame() {
    return carriesFrame;
  }

  /** Whether it is a part of a large frame. */
  boolean isFragment() {
    return kind == FrameHeader.Kind.FRAGMENT;
  }

  /** Whether it takes room in the {@link SendWindow}. */
  boolean isCharged() {
    return kind != FrameHeader.Kind.ACKNOWLEDGEMENT;
  }
}
