package io.henge.replication.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LookaheadTest {

  private static final int LENGTH = 100;

  private static DataInputStream stream(int announced, int arrived) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(announced);
    out.write(new byte[arrived]);
    return new DataInputStream(
        new BufferedInputStream(new ByteArrayInputStream(bytes.toByteArray()), 16));
  }

  @Test
  void aWholePacketIsThereAndStaysUnread() throws IOException {
    DataInputStream in = stream(LENGTH, LENGTH);

    assertThat(Lookahead.holdsPacket(in)).isTrue();
    assertThat(in.readInt()).isEqualTo(LENGTH);
    assertThat(in.readAllBytes()).hasSize(LENGTH);
  }

  @Test
  void aPacketThatLacksItsLastByteIsNotThere() throws IOException {
    assertThat(Lookahead.holdsPacket(stream(LENGTH, LENGTH - 1))).isFalse();
  }

  @Test
  void aLengthThatNoMemberWritesIsLeftToTheReader() throws IOException {
    assertThat(Lookahead.holdsPacket(stream(-1, LENGTH))).isFalse();
    assertThat(Lookahead.holdsPacket(stream(PacketCodec.SMALLEST_BYTES - 1, LENGTH))).isFalse();
    assertThat(Lookahead.holdsPacket(stream(PacketCodec.LARGEST_BYTES + 1, LENGTH))).isFalse();
  }

  @Test
  void nothingIsThereAtTheEnd() throws IOException {
    assertThat(Lookahead.holdsPacket(new DataInputStream(new ByteArrayInputStream(new byte[0]))))
        .isFalse();
  }

  @Test
  void aStreamThatCannotGoBackIsNotLookedAt() throws IOException {
    DataInputStream unmarkable =
        new DataInputStream(
            new ByteArrayInputStream(new byte[] {0, 0, 0, 4, 1, 2, 3, 4}) {
              @Override
              public boolean markSupported() {
                return false;
              }
            });

    assertThat(Lookahead.holdsPacket(unmarkable)).isFalse();
    assertThat(unmarkable.readInt()).isEqualTo(4);
  }
}
