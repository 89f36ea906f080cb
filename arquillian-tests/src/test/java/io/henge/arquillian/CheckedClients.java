package io.henge.arquillian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.henge.arquillian.servers.LoadClient;
import io.henge.arquillian.servers.PayaraNode;
import io.henge.arquillian.servers.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Clients of several servers, and what must hold of what they wrote and counted. */
record CheckedClients(List<LoadClient> all, List<String> counters) {

  private static final int ENOUGH_ACKNOWLEDGEMENTS = 100;

  CheckedClients {
    all = List.copyOf(all);
    counters = List.copyOf(counters);
  }

  /** Waits until each client had enough answers from now on. */
  void awaitAcknowledgements() {
    List<Long> before = all.stream().map(LoadClient::acknowledgements).toList();
    await("acknowledgements of every client")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              for (int i = 0; i < all.size(); i++) {
                LoadClient client = all.get(i);
                assertThat(client.acknowledgements())
                    .as("%s, last refusal: %s", client.name(), client.lastRefusal())
                    .isGreaterThanOrEqualTo(before.get(i) + ENOUGH_ACKNOWLEDGEMENTS);
              }
            });
  }

  /** The longest pause of all clients since last asked; see {@link LoadClient}. */
  Duration takeLongestPause() {
    return longestPause(all);
  }

  /** The longest pause of the clients of one server since last asked. */
  Duration takeLongestPause(PayaraNode node) {
    return longestPause(of(node));
  }

  /** The requests of one server's clients that were not acknowledged. */
  long refusals(PayaraNode node) {
    return of(node).stream().mapToLong(LoadClient::refusals).sum();
  }

  private List<LoadClient> of(PayaraNode node) {
    return all.stream().filter(client -> client.node() == node).toList();
  }

  private static Duration longestPause(List<LoadClient> clients) {
    return clients.stream()
        .map(LoadClient::takeLongestPause)
        .max(Duration::compareTo)
        .orElseThrow();
  }

  /** Whatever was acknowledged is there, and whatever was counted was counted once. */
  void assertNothingLostOnceDone(PayaraNode server) {
    Sample reader = new Sample(server);
    all.forEach(client -> assertNothingLost(client, reader));
    counters.forEach(counter -> assertCountedExactlyOnce(counter, reader));
  }

  private static void assertNothingLost(LoadClient client, Sample reader) {
    Map<String, LoadClient.Written> written = client.written();
    Map<String, String> read = reader.getAll(written.keySet());
    written.forEach(
        (cart, state) ->
            assertThat(Long.parseLong(read.getOrDefault(cart, "0")))
                .as("%s of %s", cart, client.name())
                .isBetween(state.acknowledged(), state.attempted()));
  }

  private void assertCountedExactlyOnce(String counter, Sample reader) {
    List<Long> answers = new ArrayList<>();
    int unanswered = 0;
    for (LoadClient client : all) {
      answers.addAll(client.counted(counter).answers());
      unanswered += client.counted(counter).unanswered();
    }
    assertThat(answers).as("answers of %s", counter).doesNotHaveDuplicates();
    assertThat(reader.count(counter))
        .as(counter)
        .isBetween((long) answers.size(), (long) answers.size() + unanswered);
  }
}
