package io.henge.replication.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** An authority whose certificates are made by the keytool of the running JDK, when asked for. */
public final class TestAuthority {

  static final String PASSWORD = "changeit";

  private final Path directory;
  private final String name;
  private final Path store;

  /** A member's certificate in all the forms that can be configured. */
  public record Issued(Path certificate, Path key, Path store) {}

  private TestAuthority(Path directory, String name) {
    this.directory = directory;
    this.name = name;
    this.store = directory.resolve(name + ".p12");
  }

  public static TestAuthority create(Path directory, String name) throws IOException {
    TestAuthority authority = new TestAuthority(directory, name);
    authority.genkey(authority.store, name, "-ext", "bc:c=ca:true");
    Path certificate = authority.trust();
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-file",
        certificate.toString(),
        "-keystore",
        authority.store.toString(),
        "-storepass",
        PASSWORD);
    return authority;
  }

  /** The authority's certificate, PEM. */
  public Path trust() {
    return directory.resolve(name + ".pem");
  }

  /** The settings of a member with a certificate of this authority. */
  public TlsSettings settings(Issued issued) {
    return new TlsSettings(
        issued.certificate(),
        Optional.of(issued.key()),
        trust(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** A certificate; the options are those of {@code keytool -gencert}. */
  public Issued issue(String member, String... options) throws IOException {
    Path keys = directory.resolve(name + "-" + member + ".p12");
    Path request = directory.resolve(name + "-" + member + ".csr");
    Path certificate = directory.resolve(name + "-" + member + ".pem");
    genkey(keys, member);
    keytool(
        "-certreq",
        "-alias",
        member,
        "-file",
        request.toString(),
        "-keystore",
        keys.toString(),
        "-storepass",
        PASSWORD);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-gencert",
                "-rfc",
                "-alias",
                name,
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    arguments.addAll(List.of(options));
    keytool(arguments.toArray(String[]::new));
    try {
      return write(member, keys, certificate);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private Issued write(String member, Path keys, Path certificate)
      throws IOException, GeneralSecurityException {
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      made.load(in, PASSWORD.toCharArray());
    }
    PrivateKey key = (PrivateKey) made.getKey(member, PASSWORD.toCharArray());
    Certificate own;
    try (InputStream in = Files.newInputStream(certificate)) {
      own = CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    KeyStore complete = KeyStore.getInstance("PKCS12");
    complete.load(null, null);
    complete.setKeyEntry(member, key, PASSWORD.toCharArray(), new Certificate[] {own});
    Path file = directory.resolve(name + "-" + member + "-member.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      complete.store(out, PASSWORD.toCharArray());
    }
    Path keyFile = directory.resolve(name + "-" + member + ".key");
    Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
    return new Issued(certificate, keyFile, file);
  }

  static String pem(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private void genkey(Path into, String subject, String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                subject,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + subject,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                into.toString(),
                "-storepass",
                PASSWORD));
    arguments.addAll(List.of(options));
    keytool(arguments.toArray(String[]::new));
  }

  private static void keytool(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + said).isZero();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IOException(e);
    }
  }
}
