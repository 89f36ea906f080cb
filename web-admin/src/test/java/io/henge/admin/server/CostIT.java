package io.henge.admin.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What it costs the server that somebody looks. */
@ExtendWith(SharedConsole.class)
class CostIT {

  private static final int VIEWERS = 5;

  /** How often the page of a cache asks: caches-page.js. */
  private static final Duration PAGE_POLL = Duration.ofSeconds(5);

  /** Longer ones give better figures: {@code -Dcost.seconds=30}. */
  private static final Duration MEASURED =
      Duration.ofSeconds(Integer.getInteger("cost.seconds", 5));

  /**
   * Promised is 1 % of a processor, measured beside nothing else; this much is far less than what a
   * timer that runs away costs, and far more than what a busy machine adds.
   */
  private static final double MOST = 0.05;

  private final SharedConsole.Opened opened;
  private final HttpClient http = HttpClient.newHttpClient();

  CostIT(SharedConsole.Opened opened) {
    this.opened = opened;
  }

  @Test
  void fiveViewersCostNextToNothing() throws Exception {
    opened.found("big", 1024, 100, 200);
    String session = opened.cookies();
    opened.browser().driver().get("about:blank");
    ask(session, "caches/carts/figures");
    double nobody = share();
    ScheduledExecutorService pages = Executors.newSingleThreadScheduledExecutor();
    List<HttpResponse<InputStream>> streams = new ArrayList<>();
    try {
      for (int i = 0; i < VIEWERS; i++) {
        streams.add(open(session, "events", BodyHandlers.ofInputStream()));
      }
      double viewers = share();
      long poll = PAGE_POLL.toMillis();
      List<ScheduledFuture<?>> asking = new ArrayList<>();
      for (int i = 0; i < VIEWERS; i++) {
        asking.add(
            pages.scheduleAtFixedRate(
                () -> ask(session, "caches/carts/figures"),
                i * poll / VIEWERS,
                poll,
                MILLISECONDS));
      }
      double onOneCache = share();
      assertThat(asking).as("what a page asks is answered").noneMatch(ScheduledFuture::isDone);
      System.out.printf(
          "The server uses %.2f %% of a processor with nobody looking, %.2f %% with %d viewers,"
              + " %.2f %% with all of them on the page of a cache%n",
          100 * nobody, 100 * viewers, VIEWERS, 100 * onOneCache);
      assertThat(viewers - nobody).isLessThan(MOST);
      assertThat(onOneCache - nobody).isLessThan(MOST);
    } finally {
      pages.shutdownNow();
      for (HttpResponse<InputStream> stream : streams) {
        stream.body().close();
      }
    }
  }

  private <T> HttpResponse<T> open(String session, String path, BodyHandler<T> reader)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(opened.console().resolve("api/v1/" + path))
            .header("Cookie", session)
            .build();
    HttpResponse<T> response = http.send(request, reader);
    assertThat(response.statusCode()).isEqualTo(200);
    return response;
  }

  private void ask(String session, String path) {
    try {
      assertThat(open(session, path, BodyHandlers.ofString()).body()).contains("carts");
    } catch (IOException unanswered) {
      throw new UncheckedIOException(unanswered);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** The share of one processor that the server uses for a while. */
  private double share() {
    Duration before = opened.server().processorTime();
    long from = System.nanoTime();
    await()
        .pollInterval(MEASURED)
        .atMost(MEASURED.multipliedBy(10))
        .until(() -> System.nanoTime() - from >= MEASURED.toNanos());
    Duration used = opened.server().processorTime().minus(before);
    return (double) used.toNanos() / (System.nanoTime() - from);
  }
}
