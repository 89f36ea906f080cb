package io.henge.replication.transport.tls;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * TLS 1.3 in which both sides show a certificate. {@link #reload} takes over files that changed;
 * connections that stand keep what they were made with. Thread-safe.
 */
public final class MutualTls {

  private static final Duration WARN_BEFORE_END = Duration.ofDays(14);
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private final Logger log;
  private final String nodeName;
  private final TlsSettings settings;
  private volatile SSLContext context;

  // Of the thread that reloads.
  private Identity.Sources used;
  private Identity.Sources refused;

  /**
   * Reads the files.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public MutualTls(Logger log, String nodeName, TlsSettings settings) throws IOException {
    this.log = log;
    this.nodeName = nodeName;
    this.settings = settings;
    Identity.Sources sources = Identity.Sources.read(settings);
    context = contextOf(sources);
    used = sources;
  }

  /**
   * Looks whether the files changed, and uses them from now on if they are good; called from time
   * to time by one thread. Files that are not (yet) good are told once and tried again.
   */
  public void reload() {
    Identity.Sources sources = null;
    try {
      sources = Identity.Sources.read(settings);
      if (sources.sameAs(used) || (refused != null && sources.sameAs(refused))) {
        return;
      }
      context = contextOf(sources);
      used = sources;
      refused = null;
      log.log(Level.INFO, "{0} uses its changed TLS files from now on: {1}", nodeName, settings);
    } catch (IOException e) {
      boolean news = refused == null || (sources != null && !sources.sameAs(refused));
      refused = sources == null ? used : sources;
      log.log(
          news ? Level.WARNING : Level.DEBUG,
          () ->
              nodeName
                  + " goes on with the TLS certificate it has, as the changed files cannot be"
                  + " used: "
                  + e.getMessage());
    }
  }

  /**
   * Makes a connected socket secret, and both sides sure of each other.
   *
   * @param client whether this side opened the connection
   * @return the socket to read from and write to; the given one stays responsible for everything
   *     else
   * @throws IOException if the peer is not a member, or does not answer within the timeout set on
   *     the socket
   */
  public SSLSocket secure(Socket socket, boolean client) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    if (!client) {
      parameters.setNeedClientAuth(true);
    }
    secured.setSSLParameters(parameters);
    secured.setUseClientMode(client);
    secured.startHandshake();
    return secured;
  }

  private SSLContext contextOf(Identity.Sources sources) throws IOException {
    Identity identity = Identity.of(settings, sources);
    try {
      MemberTrust trust = new MemberTrust(identity.trusted(), settings.memberNames());
      checkOwn(trust, identity);
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(keyManagers(identity), new TrustManager[] {trust}, null);
      // A resumed session is not checked again: it would outlive its certificate.
      made.getServerSessionContext().setSessionTimeout(1);
      made.getClientSessionContext().setSessionTimeout(1);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up with " + settings + ": " + e.getMessage(), e);
    }
  }

  private void checkOwn(MemberTrust trust, Identity identity) throws IOException {
    try {
      trust.checkOwn(identity.chain());
    } catch (CertificateException e) {
      throw new IOException(
          "other members would refuse the certificate in "
              + settings.certificate()
              + " ("
              + identity.own().getSubjectX500Principal()
              + "): "
              + reason(e)
              + "; it has to be valid now, of an authority in "
              + settings.trust()
              + ", and fit for clients and servers",
          e);
    }
    Date end = identity.own().getNotAfter();
    if (Instant.now().plus(WARN_BEFORE_END).isAfter(end.toInstant())) {
      log.log(
          Level.WARNING,
          "The TLS certificate of {0} in {1} ends at {2}; after that no connection can be made",
          nodeName,
          settings.certificate(),
          end.toInstant());
    }
  }

  /** The innermost message: the JDK wraps what is of use. */
  private static String reason(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage();
  }

  private static KeyManager[] keyManagers(Identity identity) throws GeneralSecurityException {
    char[] none = {};
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store cannot be made", e);
    }
    store.setKeyEntry("member", identity.key(), none, identity.chain().toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, none);
    return factory.getKeyManagers();
  }
}
