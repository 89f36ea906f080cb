package io.henge.replication.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.FrameHeader.Kind;
import io.henge.replication.wire.MalformedFrameException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameHeaderTest {

  private static final MemberId SENDER = new MemberId(0x0102030405060708L, -1L);
  private static final MemberId RECEIVER = new MemberId(-2L, 7L);
  private static final long CLUSTER = FrameHeader.clusterHash("c");

  private static byte[] header(Kind kind) {
    byte[] message = new byte[FrameHeader.BYTES + 3];
    FrameHeader.write(message, kind, CLUSTER, SENDER, RECEIVER);
    FrameHeader.stamp(message, Long.MAX_VALUE, 5);
    return message;
  }

  @Test
  void whatIsWrittenIsRead() {
    for (Kind kind : Kind.values()) {
      byte[] message = header(kind);
      assertThat(FrameHeader.check(message, 0, message.length)).isEqualTo(kind);
      assertThat(FrameHeader.clusterHash(message, 0)).isEqualTo(CLUSTER);
      assertThat(FrameHeader.isFrom(message, 0, SENDER)).isTrue();
      assertThat(FrameHeader.isFrom(message, 0, RECEIVER)).isFalse();
      assertThat(FrameHeader.isTo(message, 0, RECEIVER)).isTrue();
      assertThat(FrameHeader.isTo(message, 0, SENDER)).isFalse();
      assertThat(FrameHeader.position(message, 0)).isEqualTo(Long.MAX_VALUE);
      assertThat(FrameHeader.read(message, 0)).isEqualTo(5);
    }
  }

  @Test
  void theFormatOfVersionOneStaysAsItIs() {
    byte[] message = header(Kind.CONTROL);

    assertThat(message)
        .startsWith('H', 'E', 'N', 'G', 1, 2)
        .containsSequence(1, 2, 3, 4, 5, 6, 7, 8, -1, -1)
        .hasSize(62 + 3);
    assertThat(FrameHeader.clusterHash("foobar")).isEqualTo(0x85944171F73967E8L);
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] message = header(Kind.DATA);
    for (int length = 0; length < FrameHeader.BYTES; length++) {
      int truncated = length;
      assertThatThrownBy(() -> FrameHeader.check(message, 0, truncated))
          .isInstanceOf(MalformedFrameException.class);
    }
  }

  @Test
  void anOversizedFrameIsRefused() {
    byte[] message = new byte[FrameHeader.LARGEST_MESSAGE_BYTES + 1];
    FrameHeader.write(message, Kind.DATA, CLUSTER, SENDER, RECEIVER);

    assertThat(FrameHeader.check(message, 0, message.length - 1)).isEqualTo(Kind.DATA);
    assertThatThrownBy(() -> FrameHeader.check(message, 0, message.length))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining(String.valueOf(Transport.LARGEST_WHOLE_BYTES + 1));
  }

  @Test
  void anotherMagicVersionOrKindIsRefused() {
    for (int at : new int[] {0, 1, 2, 3, 4, 5}) {
      byte[] message = header(Kind.DATA);
      message[at] = (byte) (message[at] + 64);
      assertThatThrownBy(() -> FrameHeader.check(message, 0, message.length))
          .isInstanceOf(MalformedFrameException.class);
    }
  }

  @Test
  void randomBytesAreRefused() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      assertThatThrownBy(() -> FrameHeader.check(bytes, 0, bytes.length))
          .isInstanceOf(MalformedFrameException.class);
    }
  }
}
