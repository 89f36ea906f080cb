package io.henge.arquillian.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of this machine. */
public final class Ports {

  private Ports() {}

  /** The first port that nobody listens on, of a hundred. */
  public static int nextFree(int from) {
    for (int port = from; port < from + 100; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // Try the next one.
      }
    }
    throw new IllegalStateException("No free port from " + from + " to " + (from + 99));
  }
}
