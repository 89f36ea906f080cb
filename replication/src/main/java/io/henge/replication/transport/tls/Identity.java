package io.henge.replication.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What the files say at one moment: the member's key and chain of certificates, and the authorities
 * it trusts.
 *
 * @param chain the member's own certificate first
 */
record Identity(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> trusted) {

  /** The contents of the files, to see whether they changed. */
  record Sources(byte[] certificate, byte[] key, byte[] trust) {

    static Sources read(TlsSettings settings) throws IOException {
      return new Sources(
          bytes("certificate", settings.certificate()),
          settings.key().isPresent() ? bytes("key", settings.key().get()) : null,
          bytes("trust", settings.trust()));
    }

    private static byte[] bytes(String what, Path file) throws IOException {
      try {
        return Files.readAllBytes(file);
      } catch (NoSuchFileException e) {
        throw new IOException("the TLS " + what + " file " + file + " does not exist", e);
      } catch (IOException e) {
        throw new IOException("the TLS " + what + " file " + file + " cannot be read: " + e, e);
      }
    }

    boolean sameAs(Sources other) {
      return Arrays.equals(certificate, other.certificate)
          && Arrays.equals(key, other.key)
          && Arrays.equals(trust, other.trust);
    }
  }

  /**
   * Makes sense of the files.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  static Identity of(TlsSettings settings, Sources files) throws IOException {
    List<X509Certificate> trusted =
        trusted(
            settings.trust(),
            files.trust(),
            settings.trustPassword().isPresent() ? settings.trustPassword() : settings.password());
    Identity identity =
        PemFile.is(files.certificate())
            ? fromPem(settings, files, trusted)
            : fromStore(settings, files, trusted);
    identity.checkThatTheKeyFits(settings);
    return identity;
  }

  /** The member's own certificate. */
  X509Certificate own() {
    return chain.get(0);
  }

  private static Identity fromPem(
      TlsSettings settings, Sources files, List<X509Certificate> trusted) throws IOException {
    Path keyFile = settings.key().orElse(settings.certificate());
    byte[] keyBytes = files.key() == null ? files.certificate() : files.key();
    List<X509Certificate> chain =
        PemFile.read(settings.certificate().toString(), files.certificate()).certificates();
    if (chain.isEmpty()) {
      throw new IOException("there is no certificate in " + settings.certificate());
    }
    String algorithm = chain.get(0).getPublicKey().getAlgorithm();
    PrivateKey key = PemFile.read(keyFile.toString(), keyBytes).key(algorithm, settings.password());
    if (key == null) {
      throw new IOException("there is no private key in " + keyFile);
    }
    return new Identity(key, chain, trusted);
  }

  private static Identity fromStore(
      TlsSettings settings, Sources files, List<X509Certificate> trusted) throws IOException {
    KeyStore store = store(settings.certificate(), files.certificate(), settings.password());
    char[] password = settings.password().orElse("").toCharArray();
    try {
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1) {
        throw new IOException(
            settings.certificate() + " holds " + keys.size() + " keys: exactly one is needed");
      }
      List<X509Certificate> chain = new ArrayList<>();
      for (var each : store.getCertificateChain(keys.get(0))) {
        chain.add((X509Certificate) each);
      }
      return new Identity((PrivateKey) store.getKey(keys.get(0), password), chain, trusted);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the key in " + settings.certificate() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<X509Certificate> trusted(Path file, byte[] bytes, Optional<String> password)
      throws IOException {
    List<X509Certificate> trusted = new ArrayList<>();
    if (PemFile.is(bytes)) {
      trusted.addAll(PemFile.read(file.toString(), bytes).certificates());
    } else {
      KeyStore store = store(file, bytes, password);
      try {
        for (String alias : Collections.list(store.aliases())) {
          if (store.isCertificateEntry(alias)
              && store.getCertificate(alias) instanceof X509Certificate certificate) {
            trusted.add(certificate);
          }
        }
      } catch (GeneralSecurityException e) {
        throw new IOException(file + " cannot be read: " + e.getMessage(), e);
      }
    }
    if (trusted.isEmpty()) {
      throw new IOException("there is no certificate of an authority to trust in " + file);
    }
    return trusted;
  }

  private static KeyStore store(Path file, byte[] bytes, Optional<String> password)
      throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(
          new ByteArrayInputStream(bytes), password.map(String::toCharArray).orElse(new char[0]));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IOException(
          file
              + " is neither PEM nor a PKCS#12 file that the given password opens: "
              + e.getMessage(),
          e);
    }
  }

  private void checkThatTheKeyFits(TlsSettings settings) throws IOException {
    byte[] sample = new byte[32];
    new SecureRandom().nextBytes(sample);
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
          default -> key.getAlgorithm();
        };
    boolean fits;
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(own().getPublicKey());
      signature.update(sample);
      fits = signature.verify(signed);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the private key for " + settings.certificate() + " cannot be used: " + e, e);
    }
    if (!fits) {
      throw new IOException(
          "the private key in "
              + settings.key().orElse(settings.certificate())
              + " does not belong to the first certificate in "
              + settings.certificate());
    }
  }
}
