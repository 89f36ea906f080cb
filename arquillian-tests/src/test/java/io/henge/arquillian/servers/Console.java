package io.henge.arquillian.servers;

import io.henge.jcache.codec.ObjectCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.json.Json;

/** The REST interface of a server's console. Thread-safe. */
public final class Console {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private static final ObjectCodec KEYS =
      new ObjectCodec("the tests' console", Console.class.getClassLoader());

  private final URI base;

  /** The console of a server. */
  public Console(PayaraNode node) {
    base = node.console().resolve("api/v1/");
  }

  /** The cluster in figures. */
  public Map<String, Object> cluster() {
    return new Json().toType(get("cluster"), Json.MAP_TYPE);
  }

  /** The members, as one of them sees them. */
  public List<Map<String, Object>> members() {
    return new Json().toType(get("members"), Json.LIST_OF_MAPS_TYPE);
  }

  /** The failovers, newest first. */
  public List<Map<String, Object>> failovers() {
    return new Json().toType(get("failovers"), Json.LIST_OF_MAPS_TYPE);
  }

  /** What came of the calls of the server's annotated methods that name a cache. */
  public List<Map<String, Object>> methods(String cache) {
    return new Json().toType(get("caches/" + cache + "/methods"), Json.LIST_OF_MAPS_TYPE);
  }

  /** The name of the member that is the primary of a text key; empty if there is none. */
  public String primary(String cache, String key) {
    String hex = HexFormat.of().formatHex(KEYS.encodeKey(key));
    String question = new Json().toJson(Map.of("cache", cache, "type", "hex", "key", hex));
    String answer =
        send(
            HttpRequest.newBuilder(base.resolve("keys/locate"))
                .header("Content-Type", "application/json")
                .header("X-Henge-Csrf", csrf())
                .POST(BodyPublishers.ofString(question)));
    Map<String, Object> location = new Json().toType(answer, Json.MAP_TYPE);
    return (String) location.get("primary");
  }

  /** What a program has to send with whatever is not a plain reading. */
  private String csrf() {
    Map<String, Object> session = new Json().toType(get("session"), Json.MAP_TYPE);
    return (String) session.get("csrf");
  }

  /** Whether that many members are there, no other, and every partition has all its copies. */
  public boolean allInSync(int size) {
    Map<String, Object> counts = part(cluster(), "counts");
    long partitions = number(counts, "partitions");
    return number(counts, "members") == size
        && partitions > 0
        && number(counts, "inSync") == partitions;
  }

  /** A part of a document. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> part(Map<String, Object> document, String name) {
    return (Map<String, Object>) document.get(name);
  }

  /** A number of a document. */
  public static long number(Map<String, Object> document, String name) {
    return ((Number) document.get(name)).longValue();
  }

  private String get(String path) {
    return send(HttpRequest.newBuilder(base.resolve(path)));
  }

  private static String send(HttpRequest.Builder builder) {
    HttpRequest request = builder.timeout(Duration.ofSeconds(20)).build();
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            request.uri() + ": " + response.statusCode() + " " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new IllegalStateException(request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
