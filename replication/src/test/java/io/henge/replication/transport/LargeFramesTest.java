package io.henge.replication.transport;

import static io.henge.replication.transport.TransportFixture.HOST;
import static io.henge.replication.transport.TransportFixture.freePort;
import static io.henge.replication.transport.TransportFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.Transport.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Large frames between real sockets. */
class LargeFramesTest {

  private static final Duration GENEROUS = Duration.ofSeconds(60);

  private final TransportFixture transports = new TransportFixture();
  private final List<byte[]> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void closeAll() {
    transports.close();
  }

  private JGroupsTransport listening() throws IOException {
    return transports.open(
        settings("c", freePort()),
        new RecordingListener() {
          @Override
          public void onFrame(MemberId from, byte[] buffer, int offset, int length) {
            heard.add(Arrays.copyOfRange(buffer, offset, offset + length));
          }
        });
  }

  private JGroupsTransport sending() throws IOException {
    return transports.open(settings("c", freePort()), new RecordingListener());
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void theLargestFrameArrives() throws IOException {
    JGroupsTransport to = listening();
    JGroupsTransport from = sending();
    from.learnAddress(to.self(), to.host(), to.port());
    byte[] frame = random(Transport.LARGEST_FRAME_BYTES);

    from.send(to.self(), Channel.DATA, frame);
    assertThat(from.isSendingLarge(to.self())).isTrue();
    await().atMost(GENEROUS).until(() -> heard.size() == 1);

    assertThat(Arrays.equals(heard.get(0), frame)).isTrue();
    await().until(() -> !from.isSendingLarge(to.self()) && !to.isReceivingLarge(from.self()));
    await().untilAsserted(() -> assertThat(from.statistics().framesSent()).isEqualTo(1));
    assertThat(to.statistics().framesReceived()).isEqualTo(1);
  }

  @Test
  void smallFramesPassALargeOne() throws IOException {
    JGroupsTransport to = listening();
    JGroupsTransport from = sending();
    from.learnAddress(to.self(), to.host(), to.port());
    int large = 64 << 20;

    from.send(to.self(), Channel.DATA, random(large));
    assertThat(from.isSendingLarge(to.self())).isTrue();
    for (int i = 1; i <= 20; i++) {
      from.send(to.self(), Channel.DATA, new byte[i]);
    }
    await().atMost(GENEROUS).until(() -> heard.size() == 21);

    assertThat(heard.stream().map(frame -> frame.length)).endsWith(large);
  }

  @Test
  void aMemberHearsItsOwnLargeFrames() throws IOException {
    JGroupsTransport self = listening();
    byte[] frame = random(5 << 20);
    self.send(self.self(), Channel.DATA, frame);
    await().until(() -> heard.size() == 1);
    assertThat(Arrays.equals(heard.get(0), frame)).isTrue();
  }

  @Test
  void aLargeFrameThatWasCutOffIsDroppedAndTheNextOneArrives() throws IOException {
    JGroupsTransport to = listening();
    JGroupsTransport from = sending();
    try (CuttableProxy wire = new CuttableProxy(to.port())) {
      from.learnAddress(to.self(), HOST, wire.port());
      from.send(to.self(), Channel.DATA, random(64 << 20));
      await()
          .atMost(GENEROUS)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1)) // it may be over within some tenths of a second
          .until(() -> to.isReceivingLarge(from.self()));
      wire.breakOff();
      await()
          .atMost(GENEROUS)
          .until(() -> !to.isReceivingLarge(from.self()) && !from.isSendingLarge(to.self()));
      assertThat(heard).isEmpty();

      byte[] next = random(3 << 20);
      await()
          .atMost(GENEROUS)
          .until(
              () -> {
                if (!from.isSendingLarge(to.self())) {
                  from.send(to.self(), Channel.DATA, next);
                }
                return !heard.isEmpty();
              });
      assertThat(Arrays.equals(heard.get(0), next)).isTrue();
    }
  }
}
