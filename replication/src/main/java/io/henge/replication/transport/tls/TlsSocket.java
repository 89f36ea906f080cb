package io.henge.replication.transport.tls;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * A socket that is secret from the moment it is connected: {@link #connect} returns when both sides
 * have proven who they are, and gives up after a time, also on a peer that accepts connections but
 * has stopped. Closing never says goodbye in TLS, because that can block; whether a connection
 * ended on purpose is told by what it carries.
 */
public final class TlsSocket extends Socket {

  /** Told why a peer was not believed, or did not believe this member. */
  public interface Watcher {

    /**
     * A connection could not be made secret, or was ended by TLS.
     *
     * @param address of the peer
     * @param reason one phrase
     */
    void refused(String address, String reason);
  }

  private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final MutualTls tls;
  private final Watcher watcher;
  private volatile long deadline;
  private volatile boolean shaking;
  private volatile SSLSocket secured;

  /** Creates a socket that is not connected. */
  public TlsSocket(MutualTls tls, Watcher watcher) {
    this.tls = tls;
    this.watcher = watcher;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    super.connect(endpoint, timeout);
    secure(true);
  }

  /** Does the handshake on a connection that stands; closes it if that fails. */
  void secure(boolean client) throws IOException {
    deadline = System.nanoTime() + HANDSHAKE_NANOS;
    shaking = true;
    try {
      secured = tls.secure(this, client);
      shaking = false;
      setSoTimeout(0);
    } catch (IOException e) {
      super.close();
      report(e);
      throw e;
    }
  }

  private void report(IOException thrown) {
    Throwable cause = thrown.getCause();
    boolean ended =
        !(thrown instanceof SSLException)
            || cause instanceof EOFException
            || cause instanceof SocketException
            || cause instanceof SocketTimeoutException;
    if (!ended) {
      watcher.refused(getInetAddress().getHostAddress(), phrase(thrown));
    }
  }

  private static String phrase(Throwable thrown) {
    Throwable innermost = thrown;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String reason = innermost.getMessage();
    if (reason != null && reason.startsWith("Received fatal alert")) {
      return "the other side does not believe that this is a member (" + reason + ")";
    }
    return "no member by its TLS certificate (" + reason + ")";
  }

  @Override
  public InputStream getInputStream() throws IOException {
    SSLSocket secret = secured;
    return secret == null
        ? new Hasty(super.getInputStream())
        : new Watched(secret.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    SSLSocket secret = secured;
    return secret == null ? super.getOutputStream() : secret.getOutputStream();
  }

  /** What is read below TLS: during the handshake, until its end at the latest. */
  private final class Hasty extends FilterInputStream {

    private Hasty(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (shaking) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new SocketTimeoutException("no end of the TLS handshake");
        }
        setSoTimeout((int) left);
      }
      return in.read(bytes, offset, length);
    }
  }

  /** What is read above TLS: only here one learns that the other side refused the certificate. */
  private final class Watched extends FilterInputStream {

    private Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (SSLException e) {
        report(e);
        throw e;
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (SSLException e) {
        report(e);
        throw e;
      }
    }
  }
}
