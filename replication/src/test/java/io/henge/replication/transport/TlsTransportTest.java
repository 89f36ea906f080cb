package io.henge.replication.transport;

import static io.henge.replication.transport.TransportFixture.HOST;
import static io.henge.replication.transport.TransportFixture.bytes;
import static io.henge.replication.transport.TransportFixture.freePort;
import static io.henge.replication.transport.TransportFixture.newMember;
import static io.henge.replication.transport.TransportFixture.seed;
import static io.henge.replication.transport.TransportFixture.unbuilt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.RecordingListener.Frame;
import io.henge.replication.transport.Transport.Channel;
import io.henge.replication.transport.tls.Stranger;
import io.henge.replication.transport.tls.TestAuthority;
import io.henge.replication.transport.tls.TlsSettings;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.jgroups.Version;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without the right certificate and cluster name nobody joins, sends or reads. */
class TlsTransportTest {

  @TempDir private static Path files;
  private static TestAuthority authority;
  private static TestAuthority other;
  private static TestAuthority.Issued member;
  private static TestAuthority.Issued foreign;

  private final TransportFixture transports = new TransportFixture();
  private final RecordingListener heardByA = new RecordingListener();
  private final RecordingListener heardByB = new RecordingListener();
  private final LogRecorder log = new LogRecorder();
  private JGroupsTransport a;
  private JGroupsTransport b;

  @BeforeAll
  static void makeCertificates() throws IOException {
    authority = TestAuthority.create(files, "authority");
    other = TestAuthority.create(files, "other");
    member = authority.issue("member");
    foreign = other.issue("foreign");
  }

  @BeforeEach
  void openTwo() throws IOException {
    a = open("c", authority.settings(member), heardByA);
    b = open("c", authority.settings(member), heardByB, seed(a.port()));
    await().until(() -> heardByA.appeared.contains(b.self()));
    await().until(() -> heardByB.appeared.contains(a.self()));
  }

  @AfterEach
  void closeAll() {
    transports.close();
    log.close();
  }

  private JGroupsTransport open(
      String cluster, TlsSettings tls, RecordingListener heard, String... seeds)
      throws IOException {
    return transports.open(
        unbuilt(cluster, freePort(), seeds).tls(Optional.of(tls)).build(), heard);
  }

  private void nobodyIsDisturbed() {
    String text = "still here " + heardByB.frames.size();
    a.send(b.self(), Channel.DATA, bytes(text));
    await().until(() -> heardByB.frames.contains(new Frame(a.self(), text)));
    assertThat(heardByA.lost).isEmpty();
    assertThat(heardByB.lost).isEmpty();
    assertThat(heardByA.frames).isEmpty();
    assertThat(heardByA.appeared).containsOnly(b.self());
  }

  /** The stranger knows where A is and tries for some rounds of discovery; A finds it as well. */
  private void isKeptOut(JGroupsTransport stranger, RecordingListener heard) {
    stranger.learnAddress(a.self(), a.host(), a.port());
    a.learnAddress(stranger.self(), stranger.host(), stranger.port());
    long refused = a.statistics().framesRefused();
    await()
        .until(
            () -> {
              stranger.send(a.self(), Channel.DATA, bytes("from outside"));
              stranger.send(a.self(), Channel.CONTROL, bytes("from outside"));
              a.send(stranger.self(), Channel.DATA, bytes("secret"));
              return a.statistics().framesRefused() + stranger.statistics().framesRefused()
                  >= refused + 5;
            });
    assertThat(heard.frames).isEmpty();
    assertThat(heard.appeared).isEmpty();
    assertThat(heardByA.appeared).doesNotContain(stranger.self());
    nobodyIsDisturbed();
  }

  @Test
  void framesOfAllSizesPass() {
    for (int size : new int[] {0, 1, 1000, 17_000, 500_000, Transport.LARGEST_WHOLE_BYTES}) {
      a.send(b.self(), Channel.DATA, new byte[size]);
    }
    await().until(() -> heardByB.frames.size() == 6);
    assertThat(heardByB.frames.get(5).text()).hasSize(Transport.LARGEST_WHOLE_BYTES);
    b.send(a.self(), Channel.CONTROL, bytes("answer"));
    await().until(() -> heardByA.frames.contains(new Frame(b.self(), "answer")));
  }

  @Test
  void aMemberOfAnotherAuthorityIsKeptOut() throws IOException {
    RecordingListener heard = new RecordingListener();
    isKeptOut(open("c", other.settings(foreign), heard, seed(a.port())), heard);
    assertThat(log.warnings).anyMatch(text -> text.contains("TLS certificate"));
  }

  @Test
  void aMemberWithoutTlsIsKeptOut() throws IOException {
    RecordingListener heard = new RecordingListener();
    isKeptOut(
        transports.open(TransportFixture.settings("c", freePort(), seed(a.port())), heard), heard);
  }

  @Test
  void aMemberOfAnotherClusterIsKeptOutInSpiteOfItsCertificate() throws IOException {
    RecordingListener heard = new RecordingListener();
    isKeptOut(open("d", authority.settings(member), heard, seed(a.port())), heard);
    assertThat(log.warnings).anyMatch(text -> text.contains("cluster 'd'"));
  }

  @Test
  void aClientWithoutACertificateOrWithAForeignOneCannotEvenGreet() throws IOException {
    for (TestAuthority.Issued shown : new TestAuthority.Issued[] {null, foreign}) {
      try (SSLSocket stranger = Stranger.connect(HOST, a.port(), shown)) {
        assertThatThrownBy(
                () -> {
                  greet(stranger.getOutputStream());
                  if (stranger.getInputStream().read() < 0) {
                    throw new IOException("closed");
                  }
                })
            .isInstanceOf(IOException.class);
      }
    }
    nobodyIsDisturbed();
  }

  private static void greet(OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    IpAddress address = new IpAddress(InetAddress.getLoopbackAddress(), 40_000);
    out.write(new byte[] {'b', 'e', 'l', 'a'});
    out.writeShort(Version.version);
    out.writeShort(address.serializedSize());
    address.writeTo(out);
    out.flush();
  }

  @Test
  void whoListensInSeesNoPlainText() throws IOException {
    String secret = "an incomparable secret";
    assertThat(seenOnTheWire(secret, Optional.of(authority.settings(member))))
        .doesNotContain(secret)
        .doesNotContain("bela")
        .isNotEmpty();
    assertThat(seenOnTheWire(secret, Optional.empty())).contains(secret).contains("bela");
  }

  private String seenOnTheWire(String text, Optional<TlsSettings> tls) throws IOException {
    RecordingListener heard = new RecordingListener();
    JGroupsTransport to = transports.open(unbuilt("w", freePort()).tls(tls).build(), heard);
    JGroupsTransport from =
        transports.open(unbuilt("w", freePort()).tls(tls).build(), new RecordingListener());
    try (CuttableProxy wire = new CuttableProxy(to.port())) {
      from.learnAddress(to.self(), HOST, wire.port());
      from.send(to.self(), Channel.DATA, bytes(text));
      await().until(() -> heard.frames.contains(new Frame(from.self(), text)));
      return wire.seen();
    }
  }

  @Test
  void strangersWhoSayNothingBlockNobody() throws IOException {
    try (Socket one = new Socket(InetAddress.getLoopbackAddress(), a.port());
        Socket two = new Socket(InetAddress.getLoopbackAddress(), a.port())) {
      RecordingListener heard = new RecordingListener();
      JGroupsTransport third = open("c", authority.settings(member), heard, seed(a.port()));
      await().until(() -> heardByA.appeared.contains(third.self()));
      assertThat(one.isConnected() && two.isConnected()).isTrue();
    }
  }

  @Test
  void aGoodbyeIsNoLossAndARestartedPeerIsFoundAgain() throws IOException {
    int port = freePort();
    MemberId first = newMember();
    TransportSettings settings =
        unbuilt("c", port, seed(a.port())).tls(Optional.of(authority.settings(member))).build();
    JGroupsTransport before = transports.open(settings, first, new RecordingListener());
    await().until(() -> heardByA.appeared.contains(first));
    before.close();
    RecordingListener heard = new RecordingListener();
    JGroupsTransport after = transports.open(settings, heard);
    await().until(() -> heardByA.appeared.contains(after.self()));
    a.send(after.self(), Channel.DATA, bytes("again"));
    await().until(() -> heard.frames.contains(new Frame(a.self(), "again")));
    assertThat(heardByA.lost).isEmpty();
  }

  @Test
  void aChangedCertificateIsUsedWithoutARestart() throws IOException {
    Path certificate = files.resolve("live.pem");
    Path key = files.resolve("live.key");
    Path trust = files.resolve("live-trust.pem");
    Files.copy(member.certificate(), certificate);
    Files.copy(member.key(), key);
    Files.writeString(trust, Files.readString(authority.trust()) + Files.readString(other.trust()));
    TlsSettings live =
        new TlsSettings(
            certificate, Optional.of(key), trust, Optional.empty(), Optional.empty(), List.of());
    RecordingListener heard = new RecordingListener();
    JGroupsTransport renewed = open("c", live, heard);

    Files.copy(foreign.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(foreign.key(), key, StandardCopyOption.REPLACE_EXISTING);

    RecordingListener heardByNew = new RecordingListener();
    JGroupsTransport ofOther = open("c", other.settings(foreign), heardByNew, seed(renewed.port()));
    await().atMost(Duration.ofSeconds(30)).until(() -> heard.appeared.contains(ofOther.self()));
    assertThat(heardByNew.appeared).contains(renewed.self());
  }

  @Test
  void filesThatAreNotThereFailTheStart() {
    TlsSettings none =
        new TlsSettings(
            files.resolve("no.pem"),
            Optional.empty(),
            authority.trust(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    assertThatThrownBy(() -> open("c", none, new RecordingListener()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no.pem does not exist");
  }
}
