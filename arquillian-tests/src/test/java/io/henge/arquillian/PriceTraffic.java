package io.henge.arquillian;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.arquillian.servers.PayaraNode;
import io.henge.arquillian.servers.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Calls of a method with {@code @CacheResult} on some servers, for articles that are in the cache
 * already: whatever happens to other servers, the answer stays what it was, and the method is never
 * called again. Runs until it is closed.
 */
final class PriceTraffic implements AutoCloseable {

  private static final int CALLS = 20;

  private final Map<String, String> sources = new ConcurrentHashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final ScheduledExecutorService threads;
  private final Map<String, Long> answers = new TreeMap<>();
  private String lastRefusal = "";

  PriceTraffic(List<PayaraNode> servers, String prefix) {
    List<String> articles = IntStream.range(0, 20).mapToObj(i -> prefix + "-article-" + i).toList();
    Sample any = new Sample(servers.get(0));
    articles.forEach(article -> sources.put(article, any.priceSource(article)));
    threads = Executors.newScheduledThreadPool(servers.size());
    for (PayaraNode node : servers) {
      Sample server = new Sample(node);
      answers.put(node.name(), 0L);
      Iterator<String> turns = Stream.generate(articles::stream).flatMap(each -> each).iterator();
      ScheduledFuture<?> unused =
          threads.scheduleWithFixedDelay(
              () -> ask(node.name(), server, turns.next()), 0, 5, MILLISECONDS);
    }
  }

  private void ask(String name, Sample server, String article) {
    String source;
    try {
      source = server.priceSource(article);
    } catch (IllegalStateException refused) {
      note("refused: " + refused.getMessage());
      return;
    }
    synchronized (this) {
      answers.merge(name, 1L, Long::sum);
      if (!source.equals(sources.get(article))) {
        wrong.add(article + " by " + source + " instead of " + sources.get(article));
      }
    }
  }

  private synchronized void note(String refusal) {
    lastRefusal = refusal;
  }

  /** Waits until every server has answered more calls. */
  void awaitMoreAnswers() {
    Map<String, Long> before = answers();
    await("prices from every server")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(answers())
                    .as("answers by server; %s", lastRefusal())
                    .allSatisfy(
                        (name, count) ->
                            assertThat(count).as(name).isGreaterThan(before.get(name) + CALLS)));
  }

  private synchronized Map<String, Long> answers() {
    return new TreeMap<>(answers);
  }

  private synchronized String lastRefusal() {
    return lastRefusal;
  }

  synchronized void assertAnsweredFromTheCacheThroughout() {
    assertThat(wrong).isEmpty();
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      boolean unused = threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
