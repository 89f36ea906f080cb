package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.MalformedFrameException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes before every frame: who sends what to whom in which cluster, and how far the sender has
 * read in the other direction (see {@link SendWindow}). Big-endian, of fixed length; a frame of
 * another format version is refused as a whole.
 */
final class FrameHeader {

  /** Length of the header. */
  static final int BYTES = 62;

  /** Header and largest frame in one piece. */
  static final int LARGEST_MESSAGE_BYTES = BYTES + Transport.LARGEST_WHOLE_BYTES;

  /** What follows the header. */
  enum Kind {
    /** A frame of {@link Transport.Channel#DATA}. */
    DATA(1),
    /** A frame of {@link Transport.Channel#CONTROL}. */
    CONTROL(2),
    /** Nothing: the header only says how far its sender has read. */
    ACKNOWLEDGEMENT(3),
    /** Nothing: asks the receiver to say how far it has read. */
    PING(4),
    /** A {@link Fragment} of a frame of {@link Transport.Channel#DATA}. */
    FRAGMENT(5);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    /** Whether a whole frame follows the header. */
    boolean carriesFrame() {
      return switch (this) {
        case DATA, CONTROL -> true;
        case ACKNOWLEDGEMENT, PING, FRAGMENT -> false;
      };
    }

    private static Kind ofCode(byte code) {
      for (Kind each : KINDS) {
        if (each.code == code) {
          return each;
        }
      }
      throw new MalformedFrameException("frame kind " + code + " is unknown");
    }
  }

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int MAGIC = 0x48454E47;
  private static final byte VERSION = 1;
  private static final Kind[] KINDS = Kind.values();

  private static final int VERSION_AT = 4;
  private static final int KIND_AT = 5;
  private static final int CLUSTER_AT = 6;
  private static final int SENDER_AT = 14;
  private static final int RECEIVER_AT = 30;
  private static final int POSITION_AT = 46;
  private static final int READ_AT = 54;

  private FrameHeader() {}

  /** Hash of a cluster name: 64-bit FNV-1a of its UTF-8. */
  static long clusterHash(String clusterName) {
    long hash = 0xCBF29CE484222325L;
    for (byte each : clusterName.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }

  /** Writes all but the two positions, which {@link #stamp} adds when the frame leaves. */
  static void write(byte[] to, Kind kind, long clusterHash, MemberId sender, MemberId receiver) {
    INT.set(to, 0, MAGIC);
    to[VERSION_AT] = VERSION;
    to[KIND_AT] = kind.code;
    LONG.set(to, CLUSTER_AT, clusterHash);
    LONG.set(to, SENDER_AT, sender.high());
    LONG.set(to, SENDER_AT + 8, sender.low());
    LONG.set(to, RECEIVER_AT, receiver.high());
    LONG.set(to, RECEIVER_AT + 8, receiver.low());
  }

  /** Writes the positions: where this frame ends in its direction, what was read in the other. */
  static void stamp(byte[] to, long position, long read) {
    LONG.set(to, POSITION_AT, position);
    LONG.set(to, READ_AT, read);
  }

  /**
   * Checks everything that does not depend on who reads.
   *
   * @return the kind of the frame
   * @throws MalformedFrameException if it is not a frame of this version
   */
  static Kind check(byte[] buffer, int offset, int length) {
    if (length < BYTES) {
      throw new MalformedFrameException("a frame of " + length + " bytes, shorter than its header");
    }
    if (length > LARGEST_MESSAGE_BYTES) {
      throw new MalformedFrameException(
          "a frame of " + (length - BYTES) + " bytes, over " + Transport.LARGEST_WHOLE_BYTES);
    }
    if ((int) INT.get(buffer, offset) != MAGIC) {
      throw new MalformedFrameException("no frame of Henge: the first four bytes are different");
    }
    if (buffer[offset + VERSION_AT] != VERSION) {
      throw new MalformedFrameException(
          "frame format version " + buffer[offset + VERSION_AT] + ", this member reads " + VERSION);
    }
    return Kind.ofCode(buffer[offset + KIND_AT]);
  }

  static long clusterHash(byte[] buffer, int offset) {
    return (long) LONG.get(buffer, offset + CLUSTER_AT);
  }

  static boolean isFrom(byte[] buffer, int offset, MemberId member) {
    return isMember(buffer, offset + SENDER_AT, member);
  }

  static boolean isTo(byte[] buffer, int offset, MemberId member) {
    return isMember(buffer, offset + RECEIVER_AT, member);
  }

  static long position(byte[] buffer, int offset) {
    return (long) LONG.get(buffer, offset + POSITION_AT);
  }

  static long read(byte[] buffer, int offset) {
    return (long) LONG.get(buffer, offset + READ_AT);
  }

  private static boolean isMember(byte[] buffer, int at, MemberId member) {
    return (long) LONG.get(buffer, at) == member.high()
        && (long) LONG.get(buffer, at + 8) == member.low();
  }
}
