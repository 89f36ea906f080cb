package io.henge.replication.transport.tls;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Accepts connections of members only: {@link #accept} returns sockets whose handshake is over.
 * Handshakes are done by a few threads, so that a stranger who connects and says nothing holds up
 * nobody; what is waiting is bounded, and more is closed at once.
 */
public final class TlsServerSocket extends ServerSocket {

  private static final int HANDSHAKE_THREADS = 4;
  private static final int MOST_WAITING = 128;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final MutualTls tls;
  private final TlsSocket.Watcher watcher;
  private final ThreadFactory threads;
  private final ThreadPoolExecutor handshakes;
  private final BlockingQueue<Socket> ready = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Queue<Socket> shaking = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean accepting = new AtomicBoolean();

  /**
   * Creates a socket that is not bound.
   *
   * @param threads makes the threads of handshakes
   */
  public TlsServerSocket(MutualTls tls, TlsSocket.Watcher watcher, ThreadFactory threads)
      throws IOException {
    this.tls = tls;
    this.watcher = watcher;
    this.threads = threads;
    this.handshakes =
        new ThreadPoolExecutor(
            HANDSHAKE_THREADS,
            HANDSHAKE_THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            threads);
    this.handshakes.allowCoreThreadTimeOut(true);
  }

  /**
   * {@inheritDoc}
   *
   * <p>One thread at a time.
   */
  @Override
  public Socket accept() throws IOException {
    if (accepting.compareAndSet(false, true)) {
      threads.newThread(this::acceptAll).start();
    }
    try {
      while (!isClosed()) {
        Socket next = ready.poll(1, TimeUnit.SECONDS);
        if (next != null) {
          return next;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SocketException("Socket closed");
  }

  private void acceptAll() {
    while (!isClosed()) {
      TlsSocket socket = new TlsSocket(tls, watcher);
      try {
        implAccept(socket);
        shaking.add(socket);
        handshakes.execute(() -> shake(socket));
      } catch (RejectedExecutionException e) {
        drop(socket);
      } catch (IOException e) {
        if (!isClosed()) {
          // Out of file handles, most likely: trying again at once would only burn the processor.
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private void shake(TlsSocket socket) {
    boolean offered = false;
    try {
      socket.secure(false);
      offered = ready.offer(socket);
    } catch (IOException refused) {
      // The watcher was told why, and the socket is closed.
      offered = false;
    } finally {
      shaking.remove(socket);
      if (!offered || isClosed()) {
        drop(socket);
      }
    }
  }

  private void drop(Socket socket) {
    shaking.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      watcher.refused(String.valueOf(socket.getInetAddress()), "closing it failed: " + e);
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    handshakes.shutdownNow();
    shaking.forEach(this::drop);
    for (Socket next = ready.poll(); next != null; next = ready.poll()) {
      drop(next);
    }
  }
}
