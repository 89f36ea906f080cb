package io.henge.replication.node;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a node's certificate is and whom it trusts; docs/security.md says what that means. The
 * files are read again when they change.
 *
 * @param certificate PEM, or PKCS#12 with the key in it
 * @param key PEM; null if it is in the certificate's file
 * @param trust certificates of authorities, PEM or PKCS#12
 * @param password of a PKCS#12 file or an encrypted key; null if there is none
 * @param trustPassword of the trust file; null for the same as {@code password}
 * @param memberNames names of which a member's certificate has to carry one; empty for any
 */
public record TlsFiles(
    Path certificate,
    Path key,
    Path trust,
    String password,
    String trustPassword,
    List<String> memberNames) {

  public TlsFiles {
    memberNames = List.copyOf(memberNames);
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "certificate " + certificate + ", trust " + trust + ", member names " + memberNames;
  }
}
