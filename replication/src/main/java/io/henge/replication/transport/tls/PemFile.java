package io.henge.replication.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The blocks of a PEM file (RFC 7468). */
final class PemFile {

  private record Block(String label, byte[] content) {}

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s([^-]*)-----END \\1-----");

  private static final String PBES2 = "PBES2";

  private final String name;
  private final List<Block> blocks = new ArrayList<>();

  private PemFile(String name) {
    this.name = name;
  }

  /** Whether bytes are PEM, not PKCS#12. */
  static boolean is(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
  }

  /**
   * Reads the blocks of a file.
   *
   * @param name for errors
   * @throws IOException if a block is not base 64
   */
  static PemFile read(String name, byte[] bytes) throws IOException {
    PemFile file = new PemFile(name);
    Matcher matcher = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      try {
        file.blocks.add(
            new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
      } catch (IllegalArgumentException e) {
        throw new IOException(name + ": the block " + matcher.group(1) + " is not base 64", e);
      }
    }
    return file;
  }

  /** All certificates, in the order of the file. */
  List<X509Certificate> certificates() throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label.equals("CERTIFICATE")) {
        try {
          certificates.add(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(block.content)));
        } catch (GeneralSecurityException e) {
          throw new IOException(name + ": a certificate cannot be read: " + e.getMessage(), e);
        }
      }
    }
    return certificates;
  }

  /**
   * The private key, or null if there is none.
   *
   * @param algorithm of the certificate's public key
   */
  PrivateKey key(String algorithm, Optional<String> password) throws IOException {
    for (Block block : blocks) {
      if (block.label.endsWith("PRIVATE KEY")) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(encoded(block, password));
        } catch (GeneralSecurityException e) {
          throw new IOException(
              name
                  + ": the private key cannot be read as a key for a certificate of type "
                  + algorithm
                  + ": "
                  + e.getMessage(),
              e);
        }
      }
    }
    return null;
  }

  private PKCS8EncodedKeySpec encoded(Block block, Optional<String> password)
      throws IOException, GeneralSecurityException {
    return switch (block.label) {
      case "PRIVATE KEY" -> new PKCS8EncodedKeySpec(block.content);
      case "ENCRYPTED PRIVATE KEY" -> decrypted(block, password);
      default ->
          throw new IOException(
              name
                  + ": a key of the form "
                  + block.label
                  + " is not supported, only PKCS#8; convert it with"
                  + " 'openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem'");
    };
  }

  private PKCS8EncodedKeySpec decrypted(Block block, Optional<String> password)
      throws IOException, GeneralSecurityException {
    if (password.isEmpty()) {
      throw new IOException(name + ": the private key is encrypted, and no password was given");
    }
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(block.content);
    boolean schemeIsInParameters = info.getAlgName().equals(PBES2);
    String scheme = schemeIsInParameters ? info.getAlgParameters().toString() : info.getAlgName();
    PBEKeySpec spec = new PBEKeySpec(password.get().toCharArray());
    try {
      Cipher cipher = Cipher.getInstance(scheme);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(scheme).generateSecret(spec),
          info.getAlgParameters());
      return info.getKeySpec(cipher);
    } finally {
      spec.clearPassword();
    }
  }
}
