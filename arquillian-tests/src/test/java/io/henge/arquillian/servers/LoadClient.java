package io.henge.arquillian.servers;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One client of one server: writes carts of its own, each time with the next number, and increments
 * shared counters, one request at a time, and remembers what was acknowledged. One thread calls
 * {@link #step}; everything else may be called by any thread.
 */
public final class LoadClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** What is known of a cart that only this client writes. */
  public record Written(long acknowledged, long attempted) {}

  /** What is known of a counter's increments by this client. */
  public record Counted(List<Long> answers, int unanswered) {}

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String name;
  private final PayaraNode node;
  private final List<String> carts;
  private final List<String> counters;
  private final Map<String, Written> written = new TreeMap<>();
  private final Map<String, List<Long>> countedAnswers = new TreeMap<>();
  private final Map<String, Integer> countedUnanswered = new TreeMap<>();
  private long steps;
  private long refusals;
  private String lastRefusal = "";
  private long lastAcknowledgement = System.nanoTime();
  private long longestPause;
  private long acknowledgements;

  /**
   * Creates a client.
   *
   * @param carts keys that no other client writes
   * @param counters keys that all clients may increment; may be empty
   */
  public LoadClient(String name, PayaraNode node, List<String> carts, List<String> counters) {
    this.name = name;
    this.node = node;
    this.carts = List.copyOf(carts);
    this.counters = List.copyOf(counters);
  }

  /** Sends the next request and waits for its answer. */
  public void step() throws InterruptedException {
    long step = steps++;
    if (!counters.isEmpty() && step % 2 == 1) {
      increment(counters.get((int) (step / 2 % counters.size())));
    } else {
      write(carts.get((int) (step / 2 % carts.size())));
    }
  }

  private void write(String cart) throws InterruptedException {
    long value;
    synchronized (this) {
      Written before = written.getOrDefault(cart, new Written(0, 0));
      value = before.attempted() + 1;
      written.put(cart, new Written(before.acknowledged(), value));
    }
    HttpRequest request =
        request(node.sample().resolve("api/carts/" + cart))
            .header("Content-Type", "text/plain")
            .PUT(BodyPublishers.ofString(Long.toString(value)))
            .build();
    if (send(request) != null) {
      synchronized (this) {
        written.put(cart, new Written(value, value));
      }
    }
  }

  private void increment(String counter) throws InterruptedException {
    String answer =
        send(
            request(node.sample().resolve("api/counters/" + counter + "/increment"))
                .POST(BodyPublishers.noBody())
                .build());
    synchronized (this) {
      if (answer == null) {
        countedUnanswered.merge(counter, 1, Integer::sum);
      } else {
        countedAnswers.computeIfAbsent(counter, k -> new ArrayList<>()).add(Long.valueOf(answer));
      }
    }
  }

  private static HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address).timeout(TIMEOUT);
  }

  /** Returns the acknowledgement's text, or null: then it may or may not have happened. */
  private String send(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 == 2) {
        acknowledged();
        return response.body();
      }
      refused(response.statusCode() + " " + response.body());
    } catch (ConnectException down) {
      // Nobody is there to keep a client waiting: that is no pause.
      forgetPauses();
      refused(down.toString());
    } catch (IOException e) {
      refused(e.toString());
    }
    return null;
  }

  private synchronized void acknowledged() {
    long now = System.nanoTime();
    longestPause = Math.max(longestPause, now - lastAcknowledgement);
    lastAcknowledgement = now;
    acknowledgements++;
  }

  private synchronized void refused(String why) {
    refusals++;
    lastRefusal = why;
  }

  /** The client's name. */
  public String name() {
    return name;
  }

  /** The server it talks to. */
  public PayaraNode node() {
    return node;
  }

  /** The carts it wrote. */
  public synchronized Map<String, Written> written() {
    return new TreeMap<>(written);
  }

  /** What it knows of a counter. */
  public synchronized Counted counted(String counter) {
    return new Counted(
        List.copyOf(countedAnswers.getOrDefault(counter, List.of())),
        countedUnanswered.getOrDefault(counter, 0));
  }

  /** Requests that were acknowledged. */
  public synchronized long acknowledgements() {
    return acknowledgements;
  }

  /** Requests that were not acknowledged. */
  public synchronized long refusals() {
    return refusals;
  }

  /** Why the last of them was not; empty if none. */
  public synchronized String lastRefusal() {
    return lastRefusal;
  }

  /** Begins to measure pauses anew, as if there had been an acknowledgement just now. */
  public synchronized void forgetPauses() {
    longestPause = 0;
    lastAcknowledgement = System.nanoTime();
  }

  /** The longest time between two acknowledgements, the present one included, since last asked. */
  public synchronized Duration takeLongestPause() {
    long longest = Math.max(longestPause, System.nanoTime() - lastAcknowledgement);
    longestPause = 0;
    return Duration.ofNanos(longest);
  }
}
