package io.henge.replication.transport;

import static io.henge.replication.transport.TransportFixture.bytes;
import static io.henge.replication.transport.TransportFixture.freePort;
import static io.henge.replication.transport.TransportFixture.seed;
import static io.henge.replication.transport.TransportFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.replication.transport.RecordingListener.Frame;
import io.henge.replication.transport.Transport.Channel;
import java.io.IOException;
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
  void aMemberHearsItself() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);

    a.send(a.self(), Channel.DATA, bytes("note"));

    await().until(() -> heardByA.frames.contains(new Frame(a.self(), "note")));
    assertThat(a.statistics().framesReceived()).isEqualTo(1);
  }

  @Test
  void aGoodbyeIsNoLossButAppearsAsNone() throws IOException {
    JGroupsTransport a = transports.open(settings("c", freePort()), heardByA);
    JGroupsTransport b = transports.open(settings("c", freePort(), seed(a.port())), heardByB);
    await().until(() -> heardByA.appeared.contains(b.self()));

    b.close();

    a.send(b.self(), Channel.DATA, bytes("late"));
    await().until(() -> a.statistics().framesDropped() > 0 || a.statistics().framesSent() > 0);
    assertThat(heardByA.lost).isEmpty();
  }
}
