package io.henge.admin.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.cluster.ClusterBeans;
import io.henge.admin.fake.ScriptedCluster;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.management.MBeanServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterFeedTest {

  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(250);

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ScriptedCluster cluster = new ScriptedCluster("orders", 8, 2, "a", "b", "c");
  private final ClusterFeed feed = new ClusterFeed("orders/a", new ClusterBeans(), 0);
  private final FakeStream browser = new FakeStream();
  private boolean registered = true;
  private long now;

  @BeforeEach
  void watch() throws Exception {
    cluster.register(server);
    feed.add(new StreamClient(browser, browser, String::valueOf, Runnable::run));
    tick();
  }

  @AfterEach
  void leave() throws Exception {
    feed.stop();
    if (registered) {
      cluster.unregister(server);
    }
  }

  private void tick() {
    now += TICK;
    feed.tick(now);
  }

  @Test
  void aNewBrowserIsToldToReadEverything() {
    assertThat(browser.names()).containsExactly("resync");
  }

  @Test
  void nothingIsSaidWhileNothingChanges() {
    for (int i = 0; i < 20; i++) {
      tick();
    }
    assertThat(browser.names()).containsExactly("resync");
  }

  @Test
  void theViewIsReadAgainOnlyWhenItIsAnother() {
    int read = cluster.viewsRead();
    for (int i = 0; i < 20; i++) {
      tick();
    }
    assertThat(cluster.viewsRead()).isEqualTo(read);
    cluster.quorate(false); // another state of the same view
    tick();
    assertThat(cluster.viewsRead()).isEqualTo(read);
    assertThat(browser.names()).containsExactly("resync", "event", "health");
    cluster.suspend("c");
    tick();
    assertThat(cluster.viewsRead()).isEqualTo(read + 1);
    assertThat(browser.names()).contains("view");
  }

  @Test
  void allBrowsersAreSentTheSameTextMadeOnce() {
    AtomicInteger written = new AtomicInteger();
    List<FakeStream> more = List.of(new FakeStream(), new FakeStream());
    Function<Object, String> json = data -> data + " " + written.incrementAndGet();
    more.forEach(each -> feed.add(new StreamClient(each, each, json, Runnable::run)));
    written.set(0);
    cluster.join("d");
    tick();
    assertThat(more).allSatisfy(each -> assertThat(each.names()).hasSize(2));
    assertThat(written.get()).isLessThanOrEqualTo(1); // the first browser's writer may do it
    assertThat(more.get(0).received.get(1)).isEqualTo(more.get(1).received.get(1));
  }

  @Test
  void aChangeOfPartitionsIsToldWithItsEventAndTheHealthAtTheNextTick() {
    cluster.suspend("c");
    tick();
    assertThat(browser.names()).containsExactly("resync", "view", "event", "health");
    assertThat(browser.received.get(1)).contains("from=1800").contains("slot=1801");
  }

  @Test
  void aCrashMovesThePositionsSoThatEverythingIsReadAfresh() {
    cluster.crash("c");
    tick();
    assertThat(browser.names()).containsExactly("resync", "resync");
  }

  @Test
  void aFailoverThatGoesOnIsToldAgain() {
    cluster.crash("c");
    tick();
    cluster.rebuild(2);
    tick();
    cluster.rebuild(2);
    tick();
    assertThat(browser.names()).contains("failover");
  }

  @Test
  void manyChangesBetweenTwoTicksAreToldAsOne() {
    cluster.suspend("c");
    cluster.quorate(false);
    cluster.quorate(true);
    tick();
    assertThat(browser.names())
        .containsExactly("resync", "view", "event", "event", "event", "health");
  }

  @Test
  void aStoppedNodeIsReportedOnceAndItsReturnAsWell() throws Exception {
    cluster.unregister(server);
    registered = false;
    for (int i = 0; i < 10; i++) {
      tick();
    }
    assertThat(browser.names()).containsExactly("resync", "gone");
    cluster.register(server);
    registered = true;
    for (int i = 0; i < 10; i++) {
      tick();
    }
    assertThat(browser.names()).containsExactly("resync", "gone", "resync");
  }

  @Test
  void theStreamIsKeptAliveEveryFifteenSeconds() {
    now = TimeUnit.SECONDS.toNanos(15);
    tick();
    tick();
    assertThat(browser.names()).containsExactly("resync", ":");
  }

  @Test
  void aBrowserThatLeftIsForgotten() {
    browser.close();
    tick();
    assertThat(feed.size()).isZero();
  }
}
