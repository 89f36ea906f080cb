package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What it costs the server that somebody looks. */
@ExtendWith(SharedConsole.class)
class CostIT {

  private static final int VIEWERS = 5;
  private static final Duration MEASURED = Duration.ofSeconds(5);

  /**
   * Promised is 1 % of a processor, measured beside nothing else; this much is far less than what a
   * timer that runs away costs, and far more than what a busy machine adds.
   */
  private static final double MOST = 0.05;

  private final SharedConsole.Opened opened;

  CostIT(SharedConsole.Opened opened) {
    this.opened = opened;
  }

  @Test
  void fiveViewersCostNextToNothing() throws Exception {
    opened.found("big", 1024, 100, 200);
    String session = opened.cookies();
    opened.browser().driver().get("about:blank");
    double nobody = share();
    List<HttpResponse<InputStream>> streams = new ArrayList<>();
    try {
      for (int i = 0; i < VIEWERS; i++) {
        HttpResponse<InputStream> stream =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(opened.console().resolve("api/v1/events"))
                        .header("Cookie", session)
                        .build(),
                    BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        streams.add(stream);
      }
      double viewers = share();
      System.out.printf(
          "The server uses %.2f %% of a processor with nobody looking, %.2f %% with %d viewers%n",
          100 * nobody, 100 * viewers, VIEWERS);
      assertThat(viewers - nobody).isLessThan(MOST);
    } finally {
      for (HttpResponse<InputStream> stream : streams) {
        stream.body().close();
      }
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
