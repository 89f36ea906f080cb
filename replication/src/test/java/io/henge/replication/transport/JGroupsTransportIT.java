package io.henge.replication.transport;

import static io.henge.replication.transport.TransportFixture.HOST;
import static io.henge.replication.transport.TransportFixture.bytes;
import static io.henge.replication.transport.TransportFixture.freePort;
import static io.henge.replication.transport.TransportFixture.newMember;
import static io.henge.replication.transport.TransportFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.RecordingListener.Frame;
import io.henge.replication.transport.Transport.Channel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes that die, stop and come back; wires that are cut. */
class JGroupsTransportIT {

  private static final Duration GENEROUS = Duration.ofSeconds(30);

  private final TransportFixture transports = new TransportFixture();
  private final RecordingListener heard = new RecordingListener();

  @AfterEach
  void closeAll() {
    transports.close();
  }

  private static ChildJvm startChild(MemberId id, int port, JGroupsTransport seed)
      throws Exception {
    return ChildJvm.start(
        TransportChild.class, id.toString(), Integer.toString(port), Integer.toString(seed.port()));
  }

  private void awaitEcho(JGroupsTransport from, MemberId to, String text) {
    await()
        .atMost(GENEROUS)
        .until(
            () -> {
              from.send(to, Channel.DATA, bytes(text));
              return heard.frames.contains(new Frame(to, text));
            });
  }

  @Test
  void aKilledProcessIsReportedLost() throws Exception {
    for (int i = 0; i < 3; i++) {
      MemberId id = newMember();
      CountDownLatch reported = new CountDownLatch(1);
      RecordingListener noticing =
          new RecordingListener() {
            @Override
            public void onConnectionLost(MemberId peer, String evidence) {
              super.onConnectionLost(peer, evidence);
              reported.countDown();
            }
          };
      JGroupsTransport a = transports.open(settings("c", freePort()), noticing);
      try (ChildJvm child = startChild(id, freePort(), a)) {
        await().atMost(GENEROUS).until(() -> noticing.appeared.contains(id));
        long before = System.nanoTime();
        child.killNow();
        assertThat(reported.await(30, TimeUnit.SECONDS)).isTrue();
        System.out.printf(
            "connection lost %.1f ms after kill -9%n", (System.nanoTime() - before) / 1e6);
        assertThat(noticing.lost).containsExactly(id);
      }
    }
  }

  @Test
  void aRestartedProcessOnTheSamePortIsFoundAgain() throws Exception {
    JGroupsTransport a = transports.open(settings("c", freePort()), heard);
    int port = freePort();
    MemberId first = newMember();
    try (ChildJvm child = startChild(first, port, a)) {
      await().atMost(GENEROUS).until(() -> heard.appeared.contains(first));
      child.kill();
    }
    MemberId second = newMember();
    try (ChildJvm child = startChild(second, port, a)) {
      await().atMost(GENEROUS).until(() -> heard.appeared.contains(second));
      a.send(first, Channel.DATA, bytes("to the dead"));
      awaitEcho(a, second, "to the living");
      assertThat(heard.frames).noneMatch(frame -> frame.text().equals("to the dead"));
      child.endInput();
    }
  }

  @Test
  void aStoppedProcessDelaysNobodyAndIsHeardAgainWhenItGoesOn() throws Exception {
    JGroupsTransport a = transports.open(settings("c", freePort()), heard);
    RecordingListener heardByB = new RecordingListener();
    JGroupsTransport b = transports.open(settings("c", freePort()), heardByB);
    a.learnAddress(b.self(), b.host(), b.port());
    MemberId stopped = newMember();
    try (ChildJvm child = startChild(stopped, freePort(), a)) {
      await().atMost(GENEROUS).until(() -> heard.appeared.contains(stopped));
      awaitEcho(a, stopped, "before");
      child.stop();

      byte[] frame = new byte[1000];
      long slowest = 0;
      long begin = System.nanoTime();
      for (int i = 0; i < 10_000; i++) {
        long before = System.nanoTime();
        a.send(stopped, Channel.DATA, frame);
        slowest = Math.max(slowest, System.nanoTime() - before);
        if (i % 100 == 0) {
          a.send(b.self(), Channel.DATA, bytes("frame" + i));
        }
      }
      long all = System.nanoTime() - begin;
      System.out.printf(
          "10,000 sends to a stopped process: %.1f ms, the slowest %.2f ms, %d dropped%n",
          all / 1e6, slowest / 1e6, a.statistics().framesDropped());
      assertThat(Duration.ofNanos(all)).isLessThan(Duration.ofSeconds(1));
      await().atMost(GENEROUS).until(() -> heardByB.frames.size() == 100);
      assertThat(a.statistics().framesDropped()).as("the queue is bounded").isPositive();

      child.resume();
      awaitEcho(a, stopped, "after");
    }
  }

  @Test
  void aProcessThatStaysStoppedIsHeardAgainAndDoesNotHoldUpTheEnd() throws Exception {
    JGroupsTransport a = transports.open(settings("c", freePort()), heard);
    MemberId stopped = newMember();
    try (ChildJvm child = startChild(stopped, freePort(), a)) {
      await().atMost(GENEROUS).until(() -> heard.appeared.contains(stopped));
      awaitEcho(a, stopped, "before");
      child.stop();
      long until = System.nanoTime() + 2 * Patience.USUALLY_FIRST_NANOS;
      await()
          .atMost(GENEROUS)
          .until(
              () -> {
                a.send(stopped, Channel.DATA, new byte[100_000]);
                return System.nanoTime() > until;
              });
      child.resume();
      awaitEcho(a, stopped, "after");

      child.stop();
      for (int i = 0; i < 100; i++) {
        a.send(stopped, Channel.DATA, new byte[100_000]);
      }
      long before = System.nanoTime();
      a.close();
      Duration end = Duration.ofNanos(System.nanoTime() - before);
      System.out.println("closed beside a stopped process in " + end.toMillis() + " ms");
      assertThat(end).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aStartBesideAStoppedProcessIsNotHeldUp() throws Exception {
    JGroupsTransport a = transports.open(settings("c", freePort()), heard);
    MemberId stopped = newMember();
    int port = freePort();
    try (ChildJvm child = startChild(stopped, port, a)) {
      child.stop();
      long before = System.nanoTime();
      JGroupsTransport c =
          transports.open(
              settings(
                  "c", freePort(), TransportFixture.seed(port), TransportFixture.seed(a.port())),
              new RecordingListener());
      Duration start = Duration.ofNanos(System.nanoTime() - before);
      System.out.println("started beside a stopped process in " + start.toMillis() + " ms");
      await().atMost(GENEROUS).until(() -> heard.appeared.contains(c.self()));
      assertThat(start).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aCutWireCarriesAgainSoonAfterItIsMended() throws Exception {
    RecordingListener heardByB = new RecordingListener();
    JGroupsTransport a = transports.open(settings("c", freePort()), heard);
    JGroupsTransport b = transports.open(settings("c", freePort()), heardByB);
    try (CuttableProxy toA = new CuttableProxy(a.port());
        CuttableProxy toB = new CuttableProxy(b.port())) {
      a.learnAddress(b.self(), HOST, toB.port());
      b.learnAddress(a.self(), HOST, toA.port());
      exchange(a, b, heardByB, "before");

      toA.cut();
      toB.cut();
      long until = System.nanoTime() + 2 * Patience.USUALLY_FIRST_NANOS;
      await()
          .atMost(GENEROUS)
          .until(
              () -> {
                a.send(b.self(), Channel.DATA, bytes("lost"));
                b.send(a.self(), Channel.DATA, bytes("lost"));
                return System.nanoTime() > until;
              });
      // Another "before" may come late: it was sent until both had heard one.
      assertThat(heardByB.frames).doesNotContain(new Frame(a.self(), "lost"));
      assertThat(heard.frames).doesNotContain(new Frame(b.self(), "lost"));

      toA.mend();
      toB.mend();
      long mended = System.nanoTime();
      exchange(a, b, heardByB, "after");
      System.out.printf(
          "frames pass %.1f s after the wire was mended%n", (System.nanoTime() - mended) / 1e9);
    }
  }

  private void exchange(
      JGroupsTransport a, JGroupsTransport b, RecordingListener heardByB, String text) {
    await()
        .atMost(GENEROUS)
        .until(
            () -> {
              a.send(b.self(), Channel.DATA, bytes(text));
              b.send(a.self(), Channel.DATA, bytes(text));
              return heardByB.frames.contains(new Frame(a.self(), text))
                  && heard.frames.contains(new Frame(b.self(), text));
            });
  }
}
