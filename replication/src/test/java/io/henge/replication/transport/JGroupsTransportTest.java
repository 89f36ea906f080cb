package io.henge.replication.transport;

import static io.henge.replication.transport.TransportFixture.HOST;
import static io.henge.replication.transport.TransportFixture.bytes;
import static io.henge.replication.transport.TransportFixture.freePort;
import static io.henge.replication.transport.TransportFixture.newMember;
import static io.henge.replication.transport.TransportFixture.seed;
import static io.henge.replication.transport.TransportFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.RecordingListener.Frame;
import io.henge.replication.transport.Transport.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JGroupsTransportTest {

  private final TransportFixture transports = new TransportFixture();
  private final RecordingListener heardByA = new RecordingListener();
  private final RecordingListener heardByB = new RecordingListener();

  @AfterEach
  void closeAll() {
    transports.close();
  }

  @Test
  void membersThatLearntTheirAddressesExchangeFrames() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    JGroupsTransport b = transports.open(settings("c", freePort()), heardByB);
    a.learnAddress(b.self(), b.host(), b.port());

    a.send(b.self(), Channel.DATA, bytes("question"));
    await().until(() -> heardByB.frames.contains(new Frame(a.self(), "question")));
    b.send(a.self(), Channel.CONTROL, bytes("answer"));
    await().until(() -> heardByA.frames.contains(new Frame(b.self(), "answer")));
    assertThat(a.statistics()).isEqualTo(new TransportStatistics(1, 1, 0, 0));
  }

  @Test
  void whatIsSentTogetherLeavesAtTheEnd() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    JGroupsTransport b = transports.open(settings("c", freePort()), heardByB);
    a.learnAddress(b.self(), b.host(), b.port());
    a.send(b.self(), Channel.DATA, bytes("connect"));
    await().until(() -> heardByB.frames.contains(new Frame(a.self(), "connect")));

    a.together(
        () -> {
          a.send(b.self(), Channel.DATA, bytes("first"));
          a.send(b.self(), Channel.DATA, bytes("second"));
          assertThat(a.statistics().framesSent()).isEqualTo(1);
        });

    await().until(() -> heardByB.frames.contains(new Frame(a.self(), "second")));
    assertThat(heardByB.frames)
        .extracting(Frame::text)
        .containsExactly("connect", "first", "second");
  }

  @Test
  void membersFindEachOtherThroughASeed() throws IOException {
    int port = freePort();
    JGroupsTransport a = transports.open(settings("c", port), heardByA);
    JGroupsTransport b = transports.open(settings("c", freePort(), seed(port)), heardByB);

    await().until(() -> heardByA.appeared.contains(b.self()));
    await().until(() -> heardByB.appeared.contains(a.self()));
    a.send(b.self(), Channel.DATA, bytes("hello"));
    await().until(() -> heardByB.frames.contains(new Frame(a.self(), "hello")));
  }

  @Test
  void membersThatStartBeforeTheirSeedFindItLater() throws IOException {
    int port = freePort();
    JGroupsTransport b = transports.open(settings("c", freePort(), seed(port)), heardByB);
    JGroupsTransport a = transports.open(settings("c", port), heardByA);

    await().until(() -> heardByA.appeared.contains(b.self()));
    await().until(() -> heardByB.appeared.contains(a.self()));
  }

  @Test
  void membersOnNeighbouringPortsFindEachOtherWithoutSeeds() throws IOException {
    int port = freePort();
    TransportSettings local =
        TransportFixture.unbuilt("local", port)
            .portRange(20)
            .discovery(new Discovery.ThisMachine(20))
            .build();
    JGroupsTransport a = transports.open(local, heardByA);
    JGroupsTransport b = transports.open(local, heardByB);

    assertThat(b.port()).isGreaterThan(a.port());
    await().until(() -> heardByA.appeared.contains(b.self()));
    await().until(() -> heardByB.appeared.contains(a.self()));
  }

  @Test
  void aMemberHearsItself() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);

    a.send(a.self(), Channel.DATA, bytes("note"));

    await().until(() -> heardByA.frames.contains(new Frame(a.self(), "note")));
    assertThat(a.statistics().framesReceived()).isEqualTo(1);
  }

  @Test
  void framesOfAllSizesArriveInOrder() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    AtomicInteger next = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    TransportListener sizes =
        new RecordingListener() {
          @Override
          public void onFrame(MemberId from, byte[] buffer, int offset, int length) {
            if (length != sizeOf(next.getAndIncrement()) || buffer.length - offset < length) {
              wrong.incrementAndGet();
            }
          }
        };
    JGroupsTransport b = transports.open(settings("c", freePort()), sizes);
    a.learnAddress(b.self(), b.host(), b.port());
    for (int i = 0; i < 12; i++) {
      a.send(b.self(), Channel.DATA, new byte[sizeOf(i)]);
    }

    await().untilAtomic(next, org.hamcrest.Matchers.is(12));
    assertThat(wrong).hasValue(0);
    assertThat(a.statistics().framesDropped()).isZero();
  }

  private static int sizeOf(int frame) {
    return switch (frame % 6) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> 1000;
      case 3 -> 64 * 1024;
      case 4 -> 500_000;
      default -> Transport.LARGEST_WHOLE_BYTES;
    };
  }

  @Test
  void anOversizedFrameIsAnErrorOfTheCaller() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    byte[] frame = new byte[Transport.LARGEST_FRAME_BYTES + 1];

    assertThatThrownBy(() -> a.send(a.self(), Channel.DATA, frame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Transport.LARGEST_FRAME_BYTES + 1 + " bytes");
  }

  @Test
  void aFrameToAnUnknownPeerIsDroppedAndCounted() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);

    a.send(newMember(), Channel.DATA, bytes("lost"));

    assertThat(a.statistics().framesDropped()).isEqualTo(1);
  }

  @Test
  void aGoodbyeIsNoLoss() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    JGroupsTransport b = transports.open(settings("c", freePort(), seed(a.port())), heardByB);
    await().until(() -> heardByA.appeared.contains(b.self()));

    b.close();

    await()
        .until(
            () -> {
              a.send(b.self(), Channel.DATA, bytes("late"));
              return a.statistics().framesDropped() > 0;
            });
    assertThat(heardByA.lost).isEmpty();
  }

  @Test
  void anAbruptEndIsALoss() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    JGroupsTransport b = transports.open(settings("c", freePort(), seed(a.port())), heardByB);
    await().until(() -> heardByA.appeared.contains(b.self()));
    a.send(b.self(), Channel.DATA, bytes("one"));
    await().until(() -> heardByB.frames.size() == 1);

    b.abort();

    await().until(() -> heardByA.lost.contains(b.self()));
    b.close();
  }

  @Test
  void aForgottenPeerIsUnknownUntilItSpeaks() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    JGroupsTransport b = transports.open(settings("c", freePort()), heardByB);
    a.learnAddress(b.self(), b.host(), b.port());
    a.send(b.self(), Channel.DATA, bytes("one"));
    await().until(() -> heardByB.frames.size() == 1);

    a.forget(b.self());
    a.send(b.self(), Channel.DATA, bytes("two"));
    assertThat(a.statistics().framesDropped()).isEqualTo(1);

    await()
        .until(
            () -> {
              b.send(a.self(), Channel.DATA, bytes("three"));
              return heardByA.frames.contains(new Frame(b.self(), "three"));
            });
    a.send(b.self(), Channel.DATA, bytes("four"));
    await().until(() -> heardByB.frames.contains(new Frame(a.self(), "four")));
    assertThat(heardByA.lost).isEmpty();
    assertThat(heardByB.lost).isEmpty();
  }

  @Test
  void aListenerThatThrowsLosesNothingButTheFrame() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    RecordingListener throwing =
        new RecordingListener() {
          @Override
          public void onFrame(MemberId from, byte[] buffer, int offset, int length) {
            super.onFrame(from, buffer, offset, length);
            throw new IllegalStateException("expected by the test");
          }
        };
    JGroupsTransport b = transports.open(settings("c", freePort()), throwing);
    a.learnAddress(b.self(), b.host(), b.port());

    try (LogRecorder log = new LogRecorder()) {
      for (int i = 0; i < 10; i++) {
        a.send(b.self(), Channel.DATA, bytes("frame" + i));
      }
      await().until(() -> throwing.frames.size() == 10);
      assertThat(log.warnings).hasSize(1);
    }
    assertThat(heardByA.lost).isEmpty();
  }

  @Test
  void aPeerThatDoesNotReadIsDroppedToAndDelaysNobodyElse() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    JGroupsTransport b = transports.open(settings("c", freePort()), heardByB);
    a.learnAddress(b.self(), b.host(), b.port());
    MemberId deaf = newMember();
    try (ServerSocket neverRead = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      a.learnAddress(deaf, HOST, neverRead.getLocalPort());
      byte[] frame = new byte[1000];
      for (int i = 0; i < 50_000; i++) {
        a.send(deaf, Channel.DATA, frame);
      }
      assertThat(a.statistics().framesDropped()).isPositive();

      a.send(b.self(), Channel.DATA, bytes("hello"));
      await().until(() -> heardByB.frames.contains(new Frame(a.self(), "hello")));
      a.close();
    }
    assertThat(a.statistics().framesSent() + a.statistics().framesDropped()).isEqualTo(50_001);
  }

  @Test
  void aRestartedPeerIsAnotherMember() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    int port = freePort();
    JGroupsTransport before = transports.open(settings("c", port, seed(a.port())), heardByB);
    await().until(() -> heardByA.appeared.contains(before.self()));
    before.close();
    RecordingListener heardAfter = new RecordingListener();
    JGroupsTransport after = transports.open(settings("c", port, seed(a.port())), heardAfter);
    await().until(() -> heardByA.appeared.contains(after.self()));

    await()
        .until(
            () -> {
              a.send(before.self(), Channel.DATA, bytes("to the dead"));
              return a.statistics().framesDropped() > 0;
            });
    a.send(after.self(), Channel.DATA, bytes("to the living"));
    await().until(() -> heardAfter.frames.contains(new Frame(a.self(), "to the living")));
    assertThat(heardAfter.frames).hasSize(1);
  }

  @Test
  void theNextFreePortIsTakenWithinTheRange() throws IOException {
    int port = freePort();
    TransportSettings ranged = TransportFixture.unbuilt("c", port).portRange(20).build();
    JGroupsTransport a = transports.open(ranged, heardByA);
    JGroupsTransport b = transports.open(ranged, heardByB);

    assertThat(a.port()).isEqualTo(port);
    assertThat(b.port()).isBetween(port + 1, port + 20);
    assertThat(b.host()).isEqualTo(HOST);
  }

  @Test
  void aTakenPortIsAnErrorThatNamesAddressAndPort() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    TransportSettings second = TransportFixture.unbuilt("c", a.port()).nodeName("second").build();

    assertThatThrownBy(() -> transports.open(second, heardByB))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1, port " + a.port());
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().contains("second")));
  }

  @Test
  void systemPropertiesForOtherUsersOfJGroupsChangeNothing() throws IOException {
    int port = freePort();
    System.setProperty("jgroups.bind_port", Integer.toString(freePort()));
    System.setProperty("jgroups.bind_addr", "127.0.0.2");
    System.setProperty("jgroups.external_addr", "127.0.0.3");
    System.setProperty("jgroups.external_port", "9");
    System.setProperty("jgroups.tcp.client_bind_addr", "127.0.0.4");
    try {
      JGroupsTransport a = transports.open(settings("c", port), heardByA);

      assertThat(a.host()).isEqualTo(HOST);
      assertThat(a.port()).isEqualTo(port);
    } finally {
      System.clearProperty("jgroups.bind_port");
      System.clearProperty("jgroups.bind_addr");
      System.clearProperty("jgroups.external_addr");
      System.clearProperty("jgroups.external_port");
      System.clearProperty("jgroups.tcp.client_bind_addr");
    }
  }

  @Test
  void theWildcardIsNoAddressToBeReachedAt() {
    TransportSettings wildcard = TransportFixture.unbuilt("c", 7800).bindAddress("0.0.0.0").build();

    assertThatThrownBy(() -> transports.open(wildcard, heardByA))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("0.0.0.0 is the wildcard");
  }

  @Test
  void openingAndClosingLeavesNoThreadAndNoPort() throws IOException {
    int port = freePort();
    for (int i = 0; i < 5; i++) {
      try (TransportFixture round = new TransportFixture()) {
        RecordingListener heard = new RecordingListener();
        JGroupsTransport a = round.open(settings("c", port), heard);
        JGroupsTransport b = round.open(settings("c", freePort(), seed(port)), heard);
        a.send(a.self(), Channel.DATA, bytes("note"));
        await().until(() -> heard.appeared.contains(b.self()) && heard.frames.size() == 1);
      }
    }
    await().untilAsserted(() -> assertThat(transportThreads()).isEmpty());
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }

  private static Set<Thread> transportThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getName().startsWith("henge-")
                    || thread.getName().contains("jgroups")
                    || thread.getName().contains("Connection.Receiver")
                    || thread.getName().contains("Timer runner")
                    || thread.getName().contains("TcpServer"))
        .collect(Collectors.toSet());
  }
}
