package io.henge.replication.transport;

import io.henge.replication.transport.tls.MutualTls;
import io.henge.replication.transport.tls.TlsServerSocket;
import io.henge.replication.transport.tls.TlsSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;
import org.jgroups.util.DefaultSocketFactory;

/** Gives JGroups sockets that carry TLS; there is no way to get a plain TCP socket from it. */
final class TlsSockets extends DefaultSocketFactory {

  private final MutualTls tls;
  private final Refusals refusals;
  private final ThreadFactory threads;

  TlsSockets(MutualTls tls, Refusals refusals, ThreadFactory threads) {
    this.tls = tls;
    this.refusals = refusals;
    this.threads = threads;
  }

  @Override
  public Socket createSocket(String service) {
    return new TlsSocket(tls, refusals::refuseConnection);
  }

  @Override
  public Socket createSocket(String service, String host, int port) throws IOException {
    return createSocket(service, InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(String service, InetAddress host, int port) throws IOException {
    Socket socket = createSocket(service);
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(
      String service, String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(service, InetAddress.getByName(host), port, localHost, localPort);
  }

  @Override
  public Socket createSocket(
      String service, InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    Socket socket = createSocket(service);
    socket.bind(new InetSocketAddress(localHost, localPort));
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public ServerSocket createServerSocket(String service) throws IOException {
    return new TlsServerSocket(tls, refusals::refuseConnection, threads);
  }

  @Override
  public ServerSocket createServerSocket(String service, int port) throws IOException {
    return createServerSocket(service, port, 50);
  }

  @Override
  public ServerSocket createServerSocket(String service, int port, int backlog) throws IOException {
    return createServerSocket(service, port, backlog, null);
  }

  @Override
  public ServerSocket createServerSocket(
      String service, int port, int backlog, InetAddress bindAddress) throws IOException {
    ServerSocket socket = createServerSocket(service);
    socket.bind(new InetSocketAddress(bindAddress, port), backlog);
    return socket;
  }
}
