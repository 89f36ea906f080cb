package io.henge.replication.transport.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a member's certificate is, and whom it trusts. The files are read again when they change.
 *
 * @param certificate a PEM file with the member's certificate and those between it and its
 *     authority; or a PKCS#12 file that holds the key too
 * @param key a PEM file with the certificate's private key; empty if it is in the certificate's
 *     file
 * @param trust the certificates of the authorities whose members are trusted, PEM or PKCS#12
 * @param password of a PKCS#12 file and of an encrypted key; empty if there is none
 * @param trustPassword of the trust file if that is PKCS#12; empty for the same as {@code password}
 * @param memberNames names of which a member's certificate has to carry one: a DNS name among its
 *     alternative names, or the common name of its subject; a leading {@code *.} stands for one
 *     label; empty: every certificate of the trusted authorities is a member's
 */
public record TlsSettings(
    Path certificate,
    Optional<Path> key,
    Path trust,
    Optional<String> password,
    Optional<String> trustPassword,
    List<String> memberNames) {

  public TlsSettings {
    memberNames = List.copyOf(memberNames);
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "certificate " + certificate + ", trust " + trust + ", member names " + memberNames;
  }
}
