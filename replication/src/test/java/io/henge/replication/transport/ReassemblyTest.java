package io.henge.replication.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

/** Large frames cut into fragments, and put together again or dropped whole. */
class ReassemblyTest {

  private static final int LENGTH = Transport.LARGEST_WHOLE_BYTES + 12_345;

  private final AtomicLong budget = new AtomicLong(2L * LENGTH);
  private final Reassembly reassembly = new Reassembly(budget);
  private final LargeQueue queue = new LargeQueue(10L * LENGTH);

  private static byte[] frame(int seed) {
    byte[] frame = new byte[LENGTH];
    new Random(seed).nextBytes(frame);
    return frame;
  }

  private List<byte[]> fragments(byte[] frame) {
    MemberId member = new MemberId(0, 0);
    WireWriter large = Transport.frame(frame.length).writeRaw(frame, 0, frame.length);
    FrameHeader.write(large.array(), FrameHeader.Kind.FRAGMENT, 0, member, member);
    assertThat(queue.offer(new LargeMessage(new UUID(0, 0), large))).isTrue();
    List<byte[]> fragments = new ArrayList<>();
    for (FrameMessage each = queue.next(); each != null; each = queue.next()) {
      fragments.add(each.getArray());
    }
    return fragments;
  }

  private byte[] add(byte[] message) {
    int length = message.length - FrameHeader.BYTES;
    Fragment fragment = Fragment.read(message, FrameHeader.BYTES, length);
    return reassembly.add(
        fragment,
        message,
        FrameHeader.BYTES + Fragment.BYTES,
        length - Fragment.BYTES,
        System.nanoTime());
  }

  private byte[] addAll(List<byte[]> messages) {
    byte[] whole = null;
    for (byte[] message : messages) {
      assertThat(whole).isNull();
      whole = add(message);
    }
    if (whole != null) {
      reassembly.workedOff(whole);
    }
    return whole;
  }

  @Test
  void aFrameIsPutTogetherAsItWasCut() {
    for (int seed = 0; seed < 3; seed++) {
      byte[] frame = frame(seed);
      assertThat(addAll(fragments(frame))).isEqualTo(frame);
    }
    assertThat(reassembly.isUnderWay()).isFalse();
    assertThat(budget).hasValue(2L * LENGTH);
  }

  @Test
  void aFrameThatLostAFragmentIsDroppedWhole() {
    for (int lost = 0; lost < 3; lost++) {
      List<byte[]> fragments = fragments(frame(lost));
      fragments.remove(lost * fragments.size() / 3);
      assertThat(addAll(fragments)).isNull();
      assertThat(reassembly.isUnderWay()).isFalse();
    }
    assertThat(budget).hasValue(2L * LENGTH);
    assertThat(addAll(fragments(frame(9)))).isEqualTo(frame(9));
  }

  @Test
  void aNewFrameTakesThePlaceOfOneThatWasCutOff() {
    List<byte[]> first = fragments(frame(1));
    assertThat(addAll(first.subList(0, 5))).isNull();
    assertThat(addAll(fragments(frame(2)))).isEqualTo(frame(2));
    assertThat(addAll(first.subList(5, first.size()))).isNull();
  }

  @Test
  void fragmentsOfTwoFramesAreNeverMixed() {
    List<byte[]> first = fragments(frame(1));
    List<byte[]> second = fragments(frame(2));
    assertThat(addAll(first.subList(0, 5))).isNull();
    assertThat(addAll(second.subList(5, second.size()))).isNull();
    assertThat(reassembly.isUnderWay()).isFalse();
  }

  @Test
  void whatExceedsTheBudgetOfAllPeersIsNotBegun() {
    budget.set(LENGTH - 1);
    assertThat(addAll(fragments(frame(1)))).isNull();
    assertThat(reassembly.isUnderWay()).isFalse();
    assertThat(budget).hasValue(LENGTH - 1);
  }

  @Test
  void aFrameThatDoesNotGrowIsForgotten() {
    addAll(fragments(frame(1)).subList(0, 5));
    reassembly.dropIfOlder(System.nanoTime(), 3_600_000_000_000L);
    assertThat(reassembly.isUnderWay()).isTrue();
    reassembly.dropIfOlder(System.nanoTime() + 2, 1);
    assertThat(reassembly.isUnderWay()).isFalse();
    assertThat(budget).hasValue(2L * LENGTH);
  }

  @Test
  void fragmentsThatMakeNoSenseAreRefused() {
    byte[] good = fragments(frame(1)).get(1);
    int length = good.length - FrameHeader.BYTES;
    assertThat(Fragment.read(good, FrameHeader.BYTES, length).total()).isEqualTo(LENGTH);
    int total = FrameHeader.BYTES + 8;
    int offset = FrameHeader.BYTES + 12;
    for (int[] change :
        new int[][] {
          {total, 0x7F}, {total, 0xFF}, {total + 1, 0}, {offset, 0x7F}, {offset, 0xFF}
        }) {
      byte[] bad = good.clone();
      bad[change[0]] = (byte) change[1];
      assertThatThrownBy(() -> Fragment.read(bad, FrameHeader.BYTES, length))
          .isInstanceOf(MalformedFrameException.class);
    }
    assertThatThrownBy(() -> Fragment.read(good, FrameHeader.BYTES, Fragment.BYTES))
        .isInstanceOf(MalformedFrameException.class);
  }
}
