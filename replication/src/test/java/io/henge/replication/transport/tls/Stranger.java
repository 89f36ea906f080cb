package io.henge.replication.transport.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Connects with a certificate of its choice, or none, and believes everybody. */
public final class Stranger {

  private Stranger() {}

  /**
   * A connection on which the handshake was begun; whether the other side takes part in it is seen
   * when something is read.
   *
   * @param shows null for no certificate
   */
  public static SSLSocket connect(
      String host, int port, TestAuthority.Issued shows, String... protocols) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(shows), new TrustManager[] {new TrustsAll()}, null);
      SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(host, port);
      socket.setSoTimeout(10_000);
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static KeyManager[] keyManagers(TestAuthority.Issued shows)
      throws IOException, GeneralSecurityException {
    if (shows == null) {
      return null;
    }
    char[] password = TestAuthority.PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(shows.store())) {
      store.load(in, password);
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  private static final class TrustsAll extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
