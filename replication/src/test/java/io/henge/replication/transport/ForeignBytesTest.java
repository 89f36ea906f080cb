package io.henge.replication.transport;

import static io.henge.replication.transport.TransportFixture.bytes;
import static io.henge.replication.transport.TransportFixture.freePort;
import static io.henge.replication.transport.TransportFixture.seed;
import static io.henge.replication.transport.TransportFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.RecordingListener.Frame;
import io.henge.replication.transport.Transport.Channel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jgroups.Version;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What strangers send to the port of a member disturbs nobody. */
class ForeignBytesTest {

  private final TransportFixture transports = new TransportFixture();
  private final RecordingListener heardByA = new RecordingListener();
  private final RecordingListener heardByB = new RecordingListener();
  private final LogRecorder log = new LogRecorder();

  private JGroupsTransport a;
  private JGroupsTransport b;

  @BeforeEach
  void openTwo() throws IOException {
    a = transports.open(settings("c", freePort()), heardByA);
    b = transports.open(settings("c", freePort(), seed(a.port())), heardByB);
    await().until(() -> heardByA.appeared.contains(b.self()));
    await().until(() -> heardByB.appeared.contains(a.self()));
  }

  @AfterEach
  void closeAll() {
    transports.close();
    log.close();
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), a.port());
  }

  private void sendBytes(byte[] bytes) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
    }
  }

  private void nobodyIsDisturbed() {
    int before = heardByB.frames.size();
    a.send(b.self(), Channel.DATA, bytes("still here" + before));
    await().until(() -> heardByB.frames.contains(new Frame(a.self(), "still here" + before)));
    assertThat(heardByA.lost).isEmpty();
    assertThat(heardByB.lost).isEmpty();
  }

  /** What a JGroups member writes first on a new connection. */
  private static void greet(DataOutputStream out, int port) throws IOException {
    IpAddress address = new IpAddress(InetAddress.getLoopbackAddress(), port);
    out.write(new byte[] {'b', 'e', 'l', 'a'});
    out.writeShort(Version.version);
    out.writeShort(address.serializedSize());
    address.writeTo(out);
  }

  @Test
  void randomBytesAreRefusedAndLoggedOnce() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      byte[] bytes = new byte[1 + random.nextInt(5000)];
      random.nextBytes(bytes);
      sendBytes(bytes);
    }

    await().until(() -> a.statistics().framesRefused() == 20);
    nobodyIsDisturbed();
    assertThat(log.warnings).hasSize(1);
    assertThat(log.warnings.get(0)).contains("refused bytes from 127.0.0.1");
  }

  @Test
  void randomBytesBehindAValidGreetingEndTheConnectionOnly() throws IOException {
    Random random = new Random(2);
    await()
        .until(
            () -> {
              ByteArrayOutputStream bytes = new ByteArrayOutputStream();
              DataOutputStream out = new DataOutputStream(bytes);
              greet(out, 40_000);
              out.writeInt(random.nextInt() | 0x40000000);
              byte[] rest = new byte[200];
              random.nextBytes(rest);
              out.write(rest);
              sendBytes(bytes.toByteArray());
              return a.statistics().framesRefused() >= 5;
            });
    nobodyIsDisturbed();
    assertThat(log.warnings).hasSize(1);
  }

  @Test
  void malformedPacketsOfAPeerAreRefusedOneByOne() throws IOException {
    Random random = new Random(3);
    int packets = 200;
    try (Socket socket = connect()) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      greet(out, 40_001);
      for (int i = 0; i < packets; i++) {
        byte[] packet = new byte[5 + random.nextInt(200)];
        random.nextBytes(packet);
        if (i % 2 == 0) {
          // Deep enough for the parser of messages.
          packet[0] = (byte) (Version.version >> 8);
          packet[1] = (byte) Version.version;
          packet[2] = (byte) (i % 4 == 0 ? 1 : 0);
        }
        out.writeInt(packet.length);
        out.write(packet);
      }
      out.flush();
      await().until(() -> a.statistics().framesRefused() >= packets);
    }
    nobodyIsDisturbed();
    assertThat(log.warnings).hasSize(1);
  }

  @Test
  void framesOfAnotherFormatClusterOrMemberAreRefused() throws IOException {
    MemberId stranger = new MemberId(5, 5);
    long cluster = FrameHeader.clusterHash("c");
    FrameHeader.Kind data = FrameHeader.Kind.DATA;
    try (Socket socket = connect()) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      greet(out, 40_002);
      writeFrame(out, stranger, frame(data, FrameHeader.clusterHash("d"), stranger, a.self()));
      writeFrame(out, stranger, frame(data, cluster, b.self(), a.self()));
      writeFrame(out, stranger, frame(data, cluster, stranger, b.self()));
      writeFrame(out, stranger, new byte[] {1, 2, 3});
      byte[] otherVersion = frame(data, cluster, stranger, a.self());
      otherVersion[4] = 2;
      writeFrame(out, stranger, otherVersion);
      writeFrame(out, stranger, frame(data, cluster, stranger, a.self()));
      out.flush();
      await().until(() -> heardByA.frames.contains(new Frame(stranger, "x")));
    }
    assertThat(a.statistics().framesRefused()).isEqualTo(5);
    assertThat(log.warnings).hasSize(1);
    assertThat(heardByA.frames).hasSize(1);
    nobodyIsDisturbedButTheStranger(stranger);
  }

  private void nobodyIsDisturbedButTheStranger(MemberId stranger) {
    await().until(() -> heardByA.lost.equals(List.of(stranger)));
    heardByA.lost.clear();
    nobodyIsDisturbed();
  }

  private static byte[] frame(
      FrameHeader.Kind kind, long cluster, MemberId sender, MemberId receiver) {
    byte[] message = new byte[FrameHeader.BYTES + 1];
    FrameHeader.write(message, kind, cluster, sender, receiver);
    message[FrameHeader.BYTES] = 'x';
    return message;
  }

  private void writeFrame(DataOutputStream out, MemberId sender, byte[] bytes) throws IOException {
    FrameMessage message =
        new FrameMessage(new UUID(a.self().high(), a.self().low()), bytes, FrameHeader.Kind.DATA);
    message.setSrc(new UUID(sender.high(), sender.low()));
    message.putHeader(
        org.jgroups.conf.ClassConfigurator.getProtocolId(org.jgroups.protocols.TP.class),
        new org.jgroups.protocols.TpHeader("c"));
    ByteArrayDataOutputStream packet = new ByteArrayDataOutputStream(512);
    Util.writeMessage(message, packet, false);
    out.writeInt(packet.position());
    out.write(packet.buffer(), 0, packet.position());
  }

  @Test
  void aMemberOfAnotherClusterIsRefusedAndLoggedOnce() throws IOException {
    RecordingListener heardByStranger = new RecordingListener();
    JGroupsTransport stranger =
        transports.open(settings("d", freePort(), seed(a.port())), heardByStranger);
    stranger.learnAddress(a.self(), a.host(), a.port());

    await()
        .until(
            () -> {
              stranger.send(a.self(), Channel.DATA, bytes("intruder"));
              return a.statistics().framesRefused() >= 5;
            });
    nobodyIsDisturbed();
    assertThat(heardByA.frames).isEmpty();
    assertThat(heardByA.appeared).containsOnly(b.self());
    assertThat(heardByStranger.appeared).isEmpty();
    assertThat(log.warnings).hasSize(1);
    assertThat(log.warnings.get(0))
        .contains("cluster 'd'")
        .contains("127.0.0.1:" + stranger.port());
  }

  @Test
  void aStrangerWhoSaysNothingBlocksNobodyForLong() throws IOException {
    try (Socket silent = connect()) {
      JGroupsTransport third =
          transports.open(settings("c", freePort(), seed(a.port())), new RecordingListener());
      await().until(() -> heardByA.appeared.contains(third.self()));
      assertThat(silent.isConnected()).isTrue();
    }
    nobodyIsDisturbed();
  }

  /** Sockets of this process that listen, or that are bound without a connection (UDP). */
  @Test
  @EnabledOnOs(OS.LINUX)
  void onlyTheOnePortListens() throws IOException {
    Set<String> listening = listeningSockets();

    assertThat(listening)
        .containsExactlyInAnyOrder("0100007F:" + hex(a.port()), "0100007F:" + hex(b.port()));
  }

  private static String hex(int port) {
    return String.format("%04X", port);
  }

  private static Set<String> listeningSockets() throws IOException {
    Set<String> inodes;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      inodes =
          descriptors
              .map(ForeignBytesTest::linkTarget)
              .filter(target -> target.startsWith("socket:["))
              .map(target -> target.substring("socket:[".length(), target.length() - 1))
              .collect(Collectors.toSet());
    }
    Set<String> listening = new java.util.TreeSet<>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/self/net", table))) {
        String[] fields = line.trim().split("\\s+", -1);
        boolean listens = fields[3].equals("0A") || fields[3].equals("07");
        if (listens && inodes.contains(fields[9])) {
          String address = fields[1];
          listening.add(
              address.startsWith("0000000000000000FFFF0000")
                  ? address.substring("0000000000000000FFFF0000".length())
                  : address);
        }
      }
    }
    return listening;
  }

  private static String linkTarget(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
