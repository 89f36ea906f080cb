package io.henge.replication.transport.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom a member believes to be a member: the bearer of a certificate of a trusted authority, valid
 * now, for use as client and as server, and with one of the member names where such are set. The
 * address of the peer plays no part: members are found by addresses that change, and every member
 * is trusted alike.
 */
final class MemberTrust extends X509ExtendedTrustManager {

  private static final int DNS_NAME = 2;

  private final X509ExtendedTrustManager authorities;
  private final List<String> memberNames;

  MemberTrust(List<X509Certificate> trusted, List<String> memberNames)
      throws GeneralSecurityException {
    this.authorities = authorities(trusted);
    this.memberNames = memberNames;
  }

  private static X509ExtendedTrustManager authorities(List<X509Certificate> trusted)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      store.load(null, null);
    } catch (java.io.IOException e) {
      throw new GeneralSecurityException("an empty key store cannot be made", e);
    }
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("authority" + i, trusted.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager each : factory.getTrustManagers()) {
      if (each instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("this JVM has no PKIX trust manager");
  }

  /**
   * Checks that others would believe a chain, from either end of a connection.
   *
   * @throws CertificateException saying why not
   */
  void checkOwn(List<X509Certificate> chain) throws CertificateException {
    X509Certificate[] array = chain.toArray(X509Certificate[]::new);
    String keyType = array[0].getPublicKey().getAlgorithm();
    checkClientTrusted(array, keyType);
    checkServerTrusted(array, "UNKNOWN");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    authorities.checkClientTrusted(chain, keyType);
    checkMember(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket)
      throws CertificateException {
    authorities.checkClientTrusted(chain, keyType, socket);
    checkMember(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    authorities.checkClientTrusted(chain, keyType, engine);
    checkMember(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    authorities.checkServerTrusted(chain, keyType);
    checkMember(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket)
      throws CertificateException {
    authorities.checkServerTrusted(chain, keyType, socket);
    checkMember(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    authorities.checkServerTrusted(chain, keyType, engine);
    checkMember(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }

  private void checkMember(X509Certificate[] chain) throws CertificateException {
    // The JDK does not look at the dates of a certificate that is itself among the trusted ones.
    chain[0].checkValidity();
    if (memberNames.isEmpty()) {
      return;
    }
    List<String> names = names(chain[0]);
    for (String name : names) {
      if (memberNames.stream().anyMatch(pattern -> matches(pattern, name))) {
        return;
      }
    }
    throw new CertificateException(
        "the certificate's names " + names + " are none of the member names " + memberNames);
  }

  /** DNS names among the alternative names, and the common name of the subject. */
  private static List<String> names(X509Certificate certificate) throws CertificateException {
    List<String> names = new ArrayList<>();
    var alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives != null) {
      for (List<?> alternative : alternatives) {
        if (alternative.get(0).equals(DNS_NAME)) {
          names.add((String) alternative.get(1));
        }
      }
    }
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
          names.add(name);
        }
      }
    } catch (InvalidNameException e) {
      throw new CertificateException("the certificate's subject cannot be read", e);
    }
    return names;
  }

  static boolean matches(String pattern, String name) {
    String wanted = pattern.toLowerCase(Locale.ROOT);
    String given = name.toLowerCase(Locale.ROOT);
    if (!wanted.startsWith("*.")) {
      return wanted.equals(given);
    }
    int dot = given.indexOf('.');
    return dot > 0 && given.substring(dot).equals(wanted.substring(1));
  }
}
