package io.henge.replication.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files good and bad, and whom two sides of a real connection believe. */
class MutualTlsTest {

  private static final System.Logger LOG = System.getLogger(MutualTlsTest.class.getName());

  @TempDir private static Path files;
  private static TestAuthority authority;
  private static TestAuthority other;
  private static TestAuthority.Issued member;
  private static TestAuthority.Issued second;
  private static TestAuthority.Issued foreign;
  private static TestAuthority.Issued expired;
  private static TestAuthority.Issued serversOnly;

  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private TlsServerSocket listening;

  @BeforeAll
  static void makeCertificates() throws IOException {
    authority = TestAuthority.create(files, "authority");
    other = TestAuthority.create(files, "other");
    member = authority.issue("member", "-ext", "san=dns:a.members.example");
    second = authority.issue("second", "-ext", "san=dns:b.members.example");
    foreign = other.issue("foreign");
    expired = authority.issue("expired", "-startdate", "-10d", "-validity", "5");
    serversOnly = authority.issue("servers-only", "-ext", "eku=serverAuth");
  }

  @AfterEach
  void stopListening() throws IOException {
    if (listening != null) {
      listening.close();
    }
  }

  private static MutualTls tls(TlsSettings settings) throws IOException {
    return new MutualTls(LOG, "n", settings);
  }

  private TlsServerSocket listen(MutualTls with) throws IOException {
    listening =
        new TlsServerSocket(
            with,
            (address, reason) -> refusals.add(address + ": " + reason),
            work -> {
              Thread thread = new Thread(work, "handshake");
              thread.setDaemon(true);
              return thread;
            });
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return listening;
  }

  /** Connects and sends a byte each way. */
  private void exchange(MutualTls server, MutualTls client) throws IOException {
    try (TlsServerSocket socket = listen(server);
        TlsSocket caller = new TlsSocket(client, (address, reason) -> refusals.add(reason))) {
      AtomicReference<Socket> accepted = acceptInBackground(socket);
      caller.connect(socket.getLocalSocketAddress(), 5000);
      await().until(() -> accepted.get() != null);
      try (Socket called = accepted.get()) {
        caller.getOutputStream().write(42);
        assertThat(called.getInputStream().read()).isEqualTo(42);
        called.getOutputStream().write(43);
        assertThat(caller.getInputStream().read()).isEqualTo(43);
      }
    }
  }

  /** The server of a member takes nothing from a stranger, and gives it nothing. */
  private void isRefused(TlsSettings server, TestAuthority.Issued shows, String... protocols)
      throws IOException {
    TlsServerSocket socket = listen(tls(server));
    AtomicReference<Socket> accepted = acceptInBackground(socket);
    try (SSLSocket stranger =
        Stranger.connect("127.0.0.1", socket.getLocalPort(), shows, protocols)) {
      assertThatThrownBy(
              () -> {
                stranger.getOutputStream().write(42);
                if (stranger.getInputStream().read() < 0) {
                  throw new IOException("closed");
                }
              })
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
    await().until(() -> !refusals.isEmpty());
    assertThat(accepted).hasValue(null);
    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0)).startsWith("127.0.0.1: no member by its TLS certificate (");
  }

  private static AtomicReference<Socket> acceptInBackground(TlsServerSocket socket) {
    AtomicReference<Socket> accepted = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                accepted.set(socket.accept());
              } catch (IOException closed) {
                LOG.log(System.Logger.Level.DEBUG, "the test is over", closed);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return accepted;
  }

  private static TlsSettings named(TestAuthority.Issued issued, String... memberNames) {
    return new TlsSettings(
        issued.certificate(),
        Optional.of(issued.key()),
        authority.trust(),
        Optional.empty(),
        Optional.empty(),
        List.of(memberNames));
  }

  private static TlsSettings settings(Path certificate, Path key, Path trust, String password) {
    return new TlsSettings(
        certificate,
        Optional.ofNullable(key),
        trust,
        Optional.ofNullable(password),
        Optional.empty(),
        List.of());
  }

  @Test
  void twoMembersOfOneAuthorityTalk() throws IOException {
    exchange(tls(authority.settings(member)), tls(authority.settings(second)));
    assertThat(refusals).isEmpty();
  }

  @Test
  void aPkcs12FileServesAsWellAsPem() throws IOException {
    TlsSettings store = settings(member.store(), null, authority.trust(), TestAuthority.PASSWORD);
    exchange(tls(store), tls(authority.settings(second)));
  }

  @Test
  void aTrustStoreServesAsWellAsPem() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authority.trust())) {
      store.setCertificateEntry(
          "a", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    Path file = files.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "other".toCharArray());
    }
    TlsSettings settings =
        new TlsSettings(
            member.certificate(),
            Optional.of(member.key()),
            file,
            Optional.empty(),
            Optional.of("other"),
            List.of());
    exchange(tls(settings), tls(authority.settings(second)));
  }

  @Test
  void anEncryptedKeyIsOpenedWithThePassword() throws Exception {
    Path encrypted = files.resolve("encrypted.key");
    encrypt(member.key(), encrypted);
    MutualTls server = tls(settings(member.certificate(), encrypted, authority.trust(), "secret"));
    exchange(server, tls(authority.settings(second)));

    assertThatThrownBy(
            () -> tls(settings(member.certificate(), encrypted, authority.trust(), null)))
        .hasMessageContaining(encrypted + ": the private key is encrypted, and no password");
    assertThatThrownBy(
            () -> tls(settings(member.certificate(), encrypted, authority.trust(), "wrong")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(encrypted + ": the private key cannot be read");
  }

  private static void encrypt(Path key, Path encrypted) throws Exception {
    Process openssl;
    try {
      openssl =
          new ProcessBuilder("openssl", "pkcs8", "-topk8", "-passout", "pass:secret")
              .redirectInput(key.toFile())
              .redirectOutput(encrypted.toFile())
              .start();
    } catch (IOException e) {
      Assumptions.abort("there is no openssl to encrypt a key with: " + e.getMessage());
      return;
    }
    assertThat(openssl.waitFor()).isZero();
    assertThat(encrypted).content().contains("BEGIN ENCRYPTED PRIVATE KEY");
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() throws IOException {
    isRefused(authority.settings(member), foreign);
  }

  @Test
  void anExpiredCertificateIsRefused() throws IOException {
    isRefused(authority.settings(member), expired);
  }

  @Test
  void anExpiredCertificateThatIsItselfTrustedIsRefusedToo() throws IOException {
    Path trust = files.resolve("trust-expired.pem");
    Files.writeString(
        trust, Files.readString(authority.trust()) + Files.readString(expired.certificate()));
    isRefused(settings(member.certificate(), member.key(), trust, null), expired);
  }

  @Test
  void aConnectionWithoutACertificateIsRefused() throws IOException {
    isRefused(authority.settings(member), null);
  }

  @Test
  void aCertificateForServersOnlyIsRefusedFromAClient() throws IOException {
    isRefused(authority.settings(member), serversOnly);
  }

  @Test
  void anOlderTlsIsRefusedWhateverTheCertificate() throws IOException {
    isRefused(authority.settings(member), second, "TLSv1.2");
  }

  @Test
  void aCertificateWithoutAMemberNameIsRefused() throws IOException {
    isRefused(named(member, "a.members.example"), second);
  }

  @Test
  void aMemberNameIsFoundAmongAlternativeNamesAndInTheSubject() throws IOException {
    exchange(
        tls(named(member, "*.members.example")), tls(named(second, "MEMBER", "b.members.example")));
  }

  @Test
  void aWildcardStandsForOneLabel() {
    assertThat(MemberTrust.matches("*.example", "a.example")).isTrue();
    assertThat(MemberTrust.matches("*.example", "a.b.example")).isFalse();
    assertThat(MemberTrust.matches("*.example", ".example")).isFalse();
    assertThat(MemberTrust.matches("*.example", "example")).isFalse();
    assertThat(MemberTrust.matches("A.example", "a.EXAMPLE")).isTrue();
    assertThat(MemberTrust.matches("a", "b")).isFalse();
  }

  @Test
  void aClientRefusesAServerOfAnotherAuthority() throws IOException {
    try (TlsServerSocket socket = listen(tls(other.settings(foreign)));
        TlsSocket caller =
            new TlsSocket(
                tls(authority.settings(member)), (address, reason) -> refusals.add("client"))) {
      acceptInBackground(socket);
      assertThatThrownBy(() -> caller.connect(socket.getLocalSocketAddress(), 5000))
          .isInstanceOf(IOException.class);
      assertThat(refusals).contains("client");
    }
  }

  @Test
  void aMemberLearnsThatItsOwnCertificateIsRefused() throws Exception {
    Path both = files.resolve("trust-both.pem");
    Files.writeString(both, Files.readString(authority.trust()) + Files.readString(other.trust()));
    try (TlsServerSocket socket = listen(tls(authority.settings(member)));
        TlsSocket caller =
            new TlsSocket(
                tls(settings(foreign.certificate(), foreign.key(), both, null)),
                (address, reason) -> refusals.add("client: " + reason))) {
      acceptInBackground(socket);
      assertThatThrownBy(
              () -> {
                caller.connect(socket.getLocalSocketAddress(), 5000);
                caller.getInputStream().read();
              })
          .isInstanceOf(IOException.class);
      await()
          .until(
              () ->
                  refusals.stream()
                      .anyMatch(
                          each ->
                              each.startsWith(
                                  "client: the other side does not believe that this is a"
                                      + " member")));
    }
  }

  @Test
  void aPeerThatNeverAnswersTheHandshakeIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TlsSocket caller =
            new TlsSocket(tls(authority.settings(member)), (address, reason) -> {})) {
      assertThatThrownBy(() -> caller.connect(silent.getLocalSocketAddress(), 5000))
          .isInstanceOf(IOException.class);
      assertThat(caller.isClosed()).isTrue();
    }
  }

  @Test
  void strangersWhoSayNothingHoldUpNobody() throws IOException {
    TlsServerSocket socket = listen(tls(authority.settings(member)));
    AtomicReference<Socket> accepted = acceptInBackground(socket);
    try (Socket one = new Socket(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        Socket two = new Socket(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        TlsSocket caller =
            new TlsSocket(tls(authority.settings(second)), (address, reason) -> {})) {
      caller.connect(socket.getLocalSocketAddress(), 5000);
      await().until(() -> accepted.get() != null);
      assertThat(one.isConnected() && two.isConnected()).isTrue();
    }
  }

  @Test
  void changedFilesAreUsedAndBadOnesAreNot() throws IOException {
    Path certificate = files.resolve("live.pem");
    Path key = files.resolve("live.key");
    Path trust = files.resolve("live-trust.pem");
    Files.copy(member.certificate(), certificate);
    Files.copy(member.key(), key);
    Files.copy(authority.trust(), trust);
    MutualTls live = tls(settings(certificate, key, trust, null));
    exchange(live, tls(authority.settings(second)));

    Files.writeString(certificate, Files.readString(foreign.certificate()));
    live.reload();
    exchange(live, tls(authority.settings(second)));

    Files.writeString(key, Files.readString(foreign.key()));
    Files.writeString(trust, Files.readString(other.trust()));
    live.reload();
    exchange(live, tls(other.settings(other.issue("second"))));
    assertThatThrownBy(() -> exchange(live, tls(authority.settings(second))))
        .isInstanceOf(IOException.class);

    Files.delete(key);
    live.reload();
    exchange(live, tls(other.settings(foreign)));
  }

  @Test
  void whatCannotWorkIsToldWithItsFile() throws IOException {
    Path trust = authority.trust();
    Path none = files.resolve("none.pem");
    fails(settings(none, member.key(), trust, null), "certificate file " + none + " does not");
    fails(settings(member.certificate(), none, trust, null), "key file " + none + " does not");
    fails(settings(member.certificate(), member.key(), none, null), "trust file " + none);
    fails(
        settings(member.certificate(), second.key(), trust, null),
        second.key() + " does not belong to the first certificate in " + member.certificate());
    fails(
        settings(member.key(), member.key(), trust, null),
        "there is no certificate in " + member.key());
    fails(
        settings(member.certificate(), null, trust, null),
        "there is no private key in " + member.certificate());
    fails(
        settings(member.certificate(), member.key(), member.key(), null),
        "there is no certificate of an authority to trust in " + member.key());
    fails(
        settings(member.store(), null, trust, "wrong"),
        member.store() + " is neither PEM nor a PKCS#12 file that the given password opens");
    Path old = files.resolve("old.key");
    Files.writeString(old, TestAuthority.pem("EC PRIVATE KEY", new byte[] {1}));
    fails(settings(member.certificate(), old, trust, null), "openssl pkcs8 -topk8");
  }

  @Test
  void aCertificateThatOthersWouldRefuseFailsTheStart() {
    fails(authority.settings(expired), "other members would refuse the certificate in");
    fails(authority.settings(serversOnly), "fit for clients and servers");
    fails(named(member, "somebody"), "none of the member names [somebody]");
    fails(
        settings(foreign.certificate(), foreign.key(), authority.trust(), null),
        "of an authority in " + authority.trust());
  }

  private static void fails(TlsSettings settings, String message) {
    assertThatThrownBy(() -> tls(settings))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void passwordsAreNotShown() {
    assertThat(settings(files, files, files, "secret").toString()).doesNotContain("secret");
  }
}
