package io.henge.replication.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTest {

  private static WireReader reader(int... bytes) {
    byte[] buffer = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      buffer[i] = (byte) bytes[i];
    }
    return new WireReader(buffer);
  }

  private static void assertMalformed(Runnable reading) {
    assertThatThrownBy(reading::run).isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void readsWhatItWrote() {
    MemberId member = new MemberId(-1, Long.MIN_VALUE);
    WireWriter out = new WireWriter(0);
    out.writeByte(255).writeBoolean(true).writeInt(-7).writeLong(Long.MIN_VALUE);
    out.writeVarInt(-1).writeVarLong(-1).writeVarLong(127).writeVarLong(128);
    out.writeBytes(new byte[] {1, 2}).writeNullableBytes(null).writeNullableBytes(new byte[0]);
    out.writeString("Grüße").writeMember(member).writeOperation(new OperationId(member, 3, 9));
    out.writeList(List.of("a", "b"), WireWriter::writeString);
    WireReader in = new WireReader(out.toByteArray());
    assertThat(in.readByte()).isEqualTo(255);
    assertThat(in.readBoolean()).isTrue();
    assertThat(in.readInt()).isEqualTo(-7);
    assertThat(in.readLong()).isEqualTo(Long.MIN_VALUE);
    assertThat(in.readVarInt()).isEqualTo(-1);
    assertThat(in.readVarLong()).isEqualTo(-1);
    assertThat(in.readVarLong()).isEqualTo(127);
    assertThat(in.readVarLong()).isEqualTo(128);
    assertThat(in.readBytes()).containsExactly(1, 2);
    assertThat(in.readNullableBytes()).isNull();
    assertThat(in.readNullableBytes()).isEmpty();
    assertThat(in.readString()).isEqualTo("Grüße");
    assertThat(in.readMember()).isEqualTo(member);
    assertThat(in.readOperation()).isEqualTo(new OperationId(member, 3, 9));
    assertThat(in.readList(WireReader::readString)).containsExactly("a", "b");
    in.expectEnd();
  }

  @Test
  void numbersOfEverySizeComeBack() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >>> random.nextInt(64);
      WireWriter out = new WireWriter(1).writeVarLong(number).writeVarInt((int) number);
      WireReader in = new WireReader(out.toByteArray());
      assertThat(in.readVarLong()).isEqualTo(number);
      assertThat(in.readVarInt()).isEqualTo((int) number);
    }
  }

  @Test
  void refusesLengthsBeyondTheInputBeforeItAllocates() {
    assertMalformed(() -> reader(0xFF, 0xFF, 0xFF, 0xFF, 0x07).readBytes());
    assertMalformed(() -> reader(0xFF, 0xFF, 0xFF, 0xFF, 0x0F).readBytes());
    assertMalformed(() -> reader(0x80, 0x80, 0x80, 0x80, 0x08).readNullableBytes());
    assertMalformed(() -> reader(5, 'a').readString());
    assertMalformed(() -> reader(0xFF, 0xFF, 0xFF, 0xFF, 0x07).readList(WireReader::readByte));
    assertMalformed(() -> reader(0xFF, 0xFF, 0xFF, 0xFF, 0x0F).readList(WireReader::readByte));
  }

  @Test
  void refusesNumbersThatNobodyWrites() {
    assertMalformed(() -> reader(2).readBoolean());
    assertMalformed(() -> reader(0xFF, 0xFF, 0xFF, 0xFF, 0x1F).readVarInt());
    int[] endless = new int[11];
    Arrays.fill(endless, 0x80);
    assertMalformed(() -> reader(endless).readVarLong());
    assertMalformed(
        () -> reader(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02).readVarLong());
  }

  @Test
  void refusesInputThatIsTooShortOrTooLong() {
    assertMalformed(() -> reader().readByte());
    assertMalformed(() -> reader(1, 2, 3).readInt());
    assertMalformed(() -> reader(1, 2, 3, 4, 5, 6, 7).readLong());
    assertMalformed(() -> reader(1).expectEnd());
  }

  @Test
  void staysInsideItsRange() {
    WireReader in = new WireReader(new byte[] {9, 1, 2, 9}, 1, 2);
    assertThat(in.readByte()).isEqualTo(1);
    assertThat(in.remaining()).isEqualTo(1);
    assertThat(in.readByte()).isEqualTo(2);
    assertMalformed(in::readByte);
    assertThatThrownBy(() -> new WireReader(new byte[2], 1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
