package io.henge.replication.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A wire between two members that can be cut as cables are: nobody is told, and connections that
 * stood during the cut carry nothing for ever.
 */
final class CuttableProxy implements AutoCloseable {

  private static final int MOST_SEEN = 1 << 20;

  private final ServerSocket server;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private volatile boolean cut;

  CuttableProxy(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** The first bytes that passed, in both directions, as somebody would see them who listens in. */
  String seen() {
    synchronized (seen) {
      return seen.toString(StandardCharsets.ISO_8859_1);
    }
  }

  void cut() {
    cut = true;
  }

  /** Ends every connection, as when a process in between dies; new ones pass. */
  void breakOff() throws IOException {
    for (Socket each : sockets) {
      each.close();
    }
    sockets.clear();
  }

  void mend() {
    cut = false;
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        sockets.add(near);
        if (!cut) {
          Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
          sockets.add(far);
          start(() -> pump(near, far));
          start(() -> pump(far, near));
        }
      }
    } catch (IOException closed) {
      cut = true;
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (cut) {
          return;
        }
        synchronized (seen) {
          seen.write(buffer, 0, Math.min(length, MOST_SEEN - seen.size()));
        }
        out.write(buffer, 0, length);
      }
      to.shutdownOutput();
    } catch (IOException closed) {
      sockets.remove(from);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket each : sockets) {
      each.close();
    }
  }
}
