package io.henge.arquillian.servers;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openqa.selenium.json.Json;

/** The sample application on one server. Thread-safe. */
public final class Sample {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ServerNode node;

  /** The application on a server. */
  public Sample(ServerNode node) {
    this.node = node;
  }

  /** What the server says about itself. */
  public Map<String, Object> node() {
    return new Json().toType(expect(200, send(request("node").GET())), Json.MAP_TYPE);
  }

  /** Stores a cart. */
  public void put(String key, String cart) {
    putText("carts/" + key, cart);
  }

  /** Reads a cart. */
  public Optional<String> get(String key) {
    HttpResponse<String> response = send(request("carts/" + key).GET());
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(expect(200, response));
  }

  /** Reads those of many carts that are there. */
  public Map<String, String> getAll(Collection<String> keys) {
    String body =
        expect(
            200,
            send(
                request("carts/query")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(new Json().toJson(keys)))));
    Map<String, String> carts = new TreeMap<>();
    Map<String, Object> read = new Json().toType(body, Json.MAP_TYPE);
    read.forEach((key, cart) -> carts.put(key, (String) cart));
    return carts;
  }

  /** Removes a cart that is there. */
  public void remove(String key) {
    expect(204, send(request("carts/" + key).DELETE()));
  }

  /** Reads a counter. */
  public long count(String counter) {
    return Long.parseLong(expect(200, send(request("counters/" + counter).GET())));
  }

  /** Asks for a price: who worked it out, by the method that caches it. */
  public String priceSource(String article) {
    return (String) price(article).get("source");
  }

  /** Asks for a price in cents. */
  public long priceCents(String article) {
    return ((Number) price(article).get("cents")).longValue();
  }

  private Map<String, Object> price(String article) {
    return new Json().toType(expect(200, send(request("prices/" + article).GET())), Json.MAP_TYPE);
  }

  /** Sets a price, by the method that puts it into the cache. */
  public void changePrice(String article, long cents) {
    putText("prices/" + article, Long.toString(cents));
  }

  /** Forgets a price, by the method that removes it from the cache. */
  public void forgetPrice(String article) {
    expect(204, send(request("prices/" + article).DELETE()));
  }

  /** Writes a note into an injected cache. */
  public void writeNote(String article, String note) {
    putText("prices/" + article + "/note", note);
  }

  /** Reads a note from an injected cache. */
  public String note(String article) {
    return expect(200, send(request("prices/" + article + "/note").GET()));
  }

  /** Asks for the tour to a town, by the method of an enterprise bean that caches it. */
  public String tour(String town) {
    return expect(200, send(request("deliveries/" + town).GET()));
  }

  /** Forgets the tour to a town. */
  public void cancelTour(String town) {
    expect(204, send(request("deliveries/" + town).DELETE()));
  }

  private void putText(String path, String text) {
    expect(
        204,
        send(
            request(path).header("Content-Type", "text/plain").PUT(BodyPublishers.ofString(text))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(node.sample().resolve("api/" + path))
        .timeout(Duration.ofSeconds(30));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(request.build().uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String expect(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw new IllegalStateException(
          response.uri() + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }
}
