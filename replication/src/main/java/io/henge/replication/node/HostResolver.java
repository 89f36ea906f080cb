package io.henge.replication.node;

import io.henge.replication.membership.Hint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks the founding hosts up by their names, again and again on a thread of its own until it is
 * closed: a name may come later than this member, change its address, and take seconds to resolve.
 */
final class HostResolver implements AutoCloseable {

  private static final Logger LOG = System.getLogger(HostResolver.class.getPackageName());
  private static final long EVERY_MILLIS = 1000;

  private final List<String> hosts;
  private final Consumer<Hint> listener;
  private final Map<String, Set<String>> told = new HashMap<>();
  private final ScheduledExecutorService executor;

  /**
   * Creates a resolver that has not started.
   *
   * @param hosts {@code host[port]} each
   * @param listener told on the resolver's thread when the addresses of a host are new
   */
  HostResolver(String threadName, List<String> hosts, Consumer<Hint> listener) {
    this.hosts = hosts;
    this.listener = listener;
    executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
  }

  void start() {
    if (hosts.isEmpty()) {
      return;
    }
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(
            () -> hosts.forEach(this::resolve), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void resolve(String host) {
    int bracket = host.lastIndexOf('[');
    Set<String> addresses = new TreeSet<>();
    try {
      for (InetAddress address : InetAddress.getAllByName(host.substring(0, bracket))) {
        addresses.add(address.getHostAddress() + host.substring(bracket));
      }
    } catch (UnknownHostException unknown) {
      if (told.put(host, Set.of()) == null) {
        LOG.log(Level.WARNING, "the listed host {0} does not resolve; it is tried again", host);
      }
      return;
    }
    if (!addresses.equals(told.put(host, addresses))) {
      listener.accept(new Hint.HostResolved(host, addresses));
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
