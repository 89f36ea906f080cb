package io.henge.admin.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.admin.document.Notice;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamClientTest {

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final FakeStream browser = new FakeStream();
  private final StreamClient client = new StreamClient(browser, browser, String::valueOf, executor);

  private static Message message(int number) {
    return new Message("event", new Notice(Integer.toString(number)));
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void messagesArriveInOrder() {
    client.offer(message(1));
    client.keepAlive();
    client.offer(message(2));
    await()
        .untilAsserted(
            () ->
                assertThat(browser.received)
                    .containsExactly("event Notice[why=1]", ":", "event Notice[why=2]"));
  }

  @Test
  void aBrowserThatReadsTooSlowlyIsToldToReadAfreshInsteadOfQueueing() {
    browser.stall();
    client.offer(message(0));
    await().until(() -> !browser.received.isEmpty());
    for (int i = 1; i <= 1000; i++) {
      client.offer(message(i));
    }
    browser.readOn();
    await().untilAsserted(() -> assertThat(browser.names()).contains("resync"));
    assertThat(browser.names()).isEqualTo(List.of("event", "resync"));
    client.offer(message(1001));
    await().untilAsserted(() -> assertThat(browser.names()).endsWith("event"));
  }

  @Test
  void aClosedClientTakesNothingMore() {
    client.close();
    client.offer(message(1));
    assertThat(client.isClosed()).isTrue();
    assertThat(browser.received).isEmpty();
  }

  @Test
  void aStoppingServerEndsTheStream() {
    StreamClient late =
        new StreamClient(
            browser,
            browser,
            String::valueOf,
            task -> {
              throw new RejectedExecutionException("stopping");
            });
    late.offer(message(1));
    assertThat(late.isClosed()).isTrue();
    assertThat(browser.isClosed()).isTrue();
  }
}
