package io.henge.admin.events;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterBeans;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Holds a feed for each cluster bean that somebody watches; no thread and no timer otherwise. */
@ApplicationScoped
public class EventHub {

  private static final Logger LOGGER = System.getLogger(EventHub.class.getName());
  private static final int MOST_CLIENTS = 64;
  private static final long TICK_MILLIS = 250;

  @Inject private ClusterBeans beans;
  @Resource private ManagedScheduledExecutorService scheduler;
  @Resource private ManagedExecutorService writers;

  private final Jsonb json = JsonbBuilder.create();
  private final Map<String, ClusterFeed> feeds = new LinkedHashMap<>();
  private ScheduledFuture<?> ticking;

  /**
   * Puts a browser on the stream of a bean.
   *
   * @return false if too many browsers watch already
   */
  public synchronized boolean open(ClusterBean bean, SseEventSink sink, Sse sse) {
    if (feeds.values().stream().mapToInt(ClusterFeed::size).sum() >= MOST_CLIENTS) {
      return false;
    }
    feeds
        .computeIfAbsent(bean.key(), key -> new ClusterFeed(key, beans, System.nanoTime()))
        .add(new StreamClient(sink, sse, json::toJson, writers));
    if (ticking == null) {
      ticking = scheduler.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return true;
  }

  /** The most browsers that may watch at once. */
  public int mostClients() {
    return MOST_CLIENTS;
  }

  private synchronized void tick() {
    for (ClusterFeed feed : feeds.values()) {
      try {
        feed.tick(System.nanoTime());
      } catch (RuntimeException failure) {
        // The next tick reads afresh; ending the timer would silence every browser instead.
        LOGGER.log(Level.ERROR, "Could not read the cluster node " + feed.key(), failure);
      }
    }
    feeds
        .values()
        .removeIf(
            feed -> {
              if (feed.size() > 0) {
                return false;
              }
              feed.stop();
              return true;
            });
    if (feeds.isEmpty()) {
      ticking.cancel(false);
      ticking = null;
    }
  }

  @PreDestroy
  synchronized void stop() {
    if (ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
    feeds.values().forEach(ClusterFeed::stop);
    feeds.clear();
  }
}
