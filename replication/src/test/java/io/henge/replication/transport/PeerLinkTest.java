package io.henge.replication.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.jgroups.Message;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

class PeerLinkTest {

  private static final int MOST_FRAMES = 10;
  private static final long MOST_BYTES = 10_000;
  private static final long MOST_LARGE_BYTES = 10L << 20;

  private final Queue<Runnable> executor = new ArrayDeque<>();
  private final List<String> written = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private final Cork cork = new Cork();
  private boolean connected = true;
  private boolean broken;
  private int sent;
  private int dropped;
  private int fragments;
  private int failed;

  private final PeerLink link = newLink(executor::add);

  private PeerLink newLink(java.util.concurrent.Executor threads) {
    return new PeerLink(
        new IpAddress(7800),
        new SendWindow(0),
        new FakeWire(),
        threads,
        new Counts(),
        cork,
        true,
        MOST_FRAMES,
        MOST_BYTES,
        MOST_LARGE_BYTES);
  }

  private static FrameMessage frame(String text, FrameHeader.Kind kind, int length) {
    byte[] message = new byte[FrameHeader.BYTES + length];
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    MemberId member = new MemberId(0, 0);
    FrameHeader.write(message, kind, 0, member, member);
    System.arraycopy(bytes, 0, message, FrameHeader.BYTES, bytes.length);
    return new FrameMessage(new UUID(0, 0), message, kind);
  }

  private static FrameMessage data(String text) {
    return frame(text, FrameHeader.Kind.DATA, 8);
  }

  private static FrameMessage control(String text) {
    return frame(text, FrameHeader.Kind.CONTROL, 8);
  }

  private static LargeMessage large(int length) {
    WireWriter frame = Transport.frame(length).skip(length);
    MemberId member = new MemberId(0, 0);
    FrameHeader.write(frame.array(), FrameHeader.Kind.FRAGMENT, 0, member, member);
    return new LargeMessage(new UUID(0, 0), frame);
  }

  /** The peer says that it has read everything, and the link goes on. */
  private void acknowledgeAll() {
    link.window().received(0, link.window().position());
    link.continueLarge();
    runExecutor();
  }

  private void runExecutor() {
    while (!executor.isEmpty()) {
      executor.remove().run();
    }
  }

  /** Sends until the window is closed. */
  private void closeTheWindow() {
    while (link.window().hasRoom(FrameHeader.BYTES + 8)) {
      link.send(data("first"));
    }
    written.clear();
    batches.clear();
    sent = 0;
  }

  @Test
  void anIdleConnectedLinkWritesInTheCaller() {
    link.send(data("a"));
    link.send(control("b"));

    assertThat(written).containsExactly("a", "b");
    assertThat(executor).isEmpty();
    assertThat(sent).isEqualTo(2);
  }

  @Test
  void aLinkThatIsNotConnectedLeavesConnectingToAnotherThread() {
    connected = false;
    link.send(data("a"));

    assertThat(written).isEmpty();
    runExecutor();
    assertThat(written).containsExactly("a");
  }

  @Test
  void aCallerNeverWritesMoreThanTheWindowHolds() {
    closeTheWindow();
    link.send(data("a"));
    link.send(data("b"));

    assertThat(written).isEmpty();
    assertThat(executor).as("one writer").hasSize(1);
    runExecutor();
    assertThat(written).containsExactly("a", "b");
    assertThat(batches).containsExactly(2);
  }

  @Test
  void otherFramesPassBetweenTheFragmentsOfALargeOne() {
    link.send(large(10 * Fragment.MOST_CONTENT));
    runExecutor();
    assertThat(fragments).as("not more than the peer may have to read").isEqualTo(4);
    assertThat(link.isSendingLarge()).isTrue();

    link.send(data("a"));
    runExecutor();
    assertThat(written).contains("a");
    assertThat(fragments).isEqualTo(4);

    acknowledgeAll();
    assertThat(fragments).isEqualTo(8);
    acknowledgeAll();
    assertThat(fragments).isEqualTo(10);
    assertThat(link.isSendingLarge()).isFalse();
    assertThat(sent).isEqualTo(2);
    assertThat(dropped).isZero();
  }

  @Test
  void largeFramesThatDoNotFitAreDroppedButOneAlwaysFits() {
    link.send(large(20 << 20));
    link.send(large(3 << 20));
    assertThat(dropped).isEqualTo(1);

    link.abandonLarge();
    assertThat(dropped).isEqualTo(2);
    assertThat(link.isSendingLarge()).isFalse();
  }

  @Test
  void aFailedWriteGivesALargeFrameUp() {
    connected = false;
    broken = true;
    link.send(large(3 << 20));
    runExecutor();
    assertThat(link.isSendingLarge()).isFalse();
    assertThat(dropped).isEqualTo(1);
  }

  @Test
  void controlGoesAheadOfData() {
    closeTheWindow();
    link.send(data("a"));
    link.send(data("b"));
    link.send(control("c"));
    link.send(control("d"));
    runExecutor();

    assertThat(written).containsExactly("c", "d", "a", "b");
  }

  @Test
  void aFullQueueDropsAndCounts() {
    closeTheWindow();
    IntStream.range(0, 100).forEach(i -> link.send(data("d" + i)));
    link.send(control("c"));

    assertThat(dropped).isEqualTo(100 - MOST_FRAMES);
    runExecutor();
    assertThat(written).hasSize(MOST_FRAMES + 1).startsWith("c", "d0", "d1");
  }

  @Test
  void queuesAreBoundedByBytesToo() {
    closeTheWindow();
    IntStream.range(0, 5).forEach(i -> link.send(frame("d" + i, FrameHeader.Kind.DATA, 4_000)));

    assertThat(dropped).isEqualTo(3);
    runExecutor();
    assertThat(written).containsExactly("d0", "d1");
  }

  @Test
  void aFrameThatIsTooLargeForTheWindowGoesToAnotherThread() {
    PeerLink large =
        new PeerLink(
            new IpAddress(7800),
            new SendWindow(0),
            new FakeWire(),
            executor::add,
            new Counts(),
            cork,
            true,
            MOST_FRAMES,
            1 << 20,
            MOST_LARGE_BYTES);
    large.send(frame("large", FrameHeader.Kind.DATA, SendWindow.BOUND));

    assertThat(written).isEmpty();
    runExecutor();
    assertThat(written).containsExactly("large");
  }

  @Test
  void afterAFailureFramesAreDroppedForAMomentInsteadOfTried() {
    connected = false;
    broken = true;
    link.send(data("a"));
    link.send(data("b"));
    runExecutor();
    link.send(data("c"));

    assertThat(failed).isEqualTo(1);
    assertThat(dropped).isEqualTo(3);
    assertThat(executor).isEmpty();
  }

  @Test
  void theAnswersToOnePacketLeaveInOnePacket() {
    cork.during(
        () -> {
          link.send(data("a"));
          link.send(data("b"));
          assertThat(written).isEmpty();
        });

    assertThat(batches).containsExactly(2);
  }

  @Test
  void aClosedLinkDropsWhatIsQueuedAndWhatComes() {
    closeTheWindow();
    link.send(data("a"));
    link.close();
    link.send(data("b"));
    runExecutor();

    assertThat(dropped).isEqualTo(2);
    assertThat(written).isEmpty();
  }

  private final class FakeWire implements PeerLink.Wire {

    @Override
    public boolean isConnected(IpAddress address) {
      return connected;
    }

    @Override
    public void writeConnected(IpAddress address, List<Message> batch) throws IOException {
      write(address, batch);
    }

    @Override
    public void write(IpAddress address, List<Message> batch) throws IOException {
      if (broken) {
        throw new IOException("broken");
      }
      batches.add(batch.size());
      for (Message message : batch) {
        byte[] array = message.getArray();
        if (message instanceof FrameMessage frame && frame.isFragment()) {
          fragments++;
          continue;
        }
        written.add(
            new String(
                    array,
                    FrameHeader.BYTES,
                    array.length - FrameHeader.BYTES,
                    StandardCharsets.US_ASCII)
                .replace("\0", ""));
      }
    }
  }

  private final class Counts implements PeerLink.Outcome {

    @Override
    public void sent(int frames) {
      sent += frames;
    }

    @Override
    public void dropped(int frames) {
      dropped += frames;
    }

    @Override
    public void failed(PeerLink from, IOException cause) {
      failed++;
    }
  }
}
