package io.henge.admin.events;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterBeans;
import io.henge.admin.cluster.ClusterGoneException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.NotificationListener;

/**
 * Watches one cluster bean for its clients: reads it when the bean says that something changed and
 * once a second besides, and tells the clients the difference. {@link #tick} is called four times a
 * second by one thread at a time, which bounds the rate; the bean's own thread only sets a mark.
 */
final class ClusterFeed {

  private static final Logger LOGGER = System.getLogger(ClusterFeed.class.getName());
  private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final String key;
  private final ClusterBeans beans;
  private final List<StreamClient> clients = new CopyOnWriteArrayList<>();
  private final AtomicBoolean changed = new AtomicBoolean(true);
  private final NotificationListener listener = (notification, handback) -> changed.set(true);
  private ClusterBean bean;
  private Snapshot last;
  private boolean gone;
  private long readAt;
  private long keptAliveAt;

  ClusterFeed(String key, ClusterBeans beans, long now) {
    this.key = key;
    this.beans = beans;
    this.readAt = now;
    this.keptAliveAt = now;
  }

  String key() {
    return key;
  }

  void add(StreamClient client) {
    client.offer(Message.resync("Connected."));
    clients.add(client);
  }

  int size() {
    return clients.size();
  }

  /**
   * Does what is due.
   *
   * @param now {@link System#nanoTime}
   */
  synchronized void tick(long now) {
    clients.removeIf(StreamClient::isClosed);
    if (now - keptAliveAt >= KEEP_ALIVE_NANOS) {
      keptAliveAt = now;
      clients.forEach(StreamClient::keepAlive);
    }
    if (changed.getAndSet(false) || now - readAt >= POLL_NANOS) {
      readAt = now;
      try {
        read();
      } catch (ClusterGoneException stopped) {
        LOGGER.log(Level.DEBUG, "A watched cluster node is gone", stopped);
        lose();
      }
    }
  }

  /** Lets go of the bean and of the clients. */
  synchronized void stop() {
    if (bean != null) {
      bean.forget(listener);
      bean = null;
    }
    clients.forEach(StreamClient::close);
    clients.clear();
  }

  private void read() {
    if (bean == null) {
      find();
    } else {
      Snapshot now = last.next(bean);
      now.since(last).forEach(this::tell);
      last = now;
    }
  }

  private void find() {
    Optional<ClusterBean> found = beans.find(key);
    if (found.isEmpty()) {
      lose();
      return;
    }
    // Read first: whatever that throws, the next tick finds the bean again. What changes before the
    // listener is there is read at the next tick.
    ClusterBean one = found.get();
    last = Snapshot.first(one);
    one.listen(listener);
    bean = one;
    changed.set(true);
    if (gone) {
      gone = false;
      tell(Message.resync("The cluster node is back."));
    }
  }

  private void lose() {
    if (bean != null) {
      bean.forget(listener);
      bean = null;
    }
    if (!gone) {
      gone = true;
      tell(Message.gone("The cluster node " + key + " of this server has stopped."));
    }
  }

  private void tell(Message message) {
    clients.forEach(client -> client.offer(message));
  }
}
