package io.henge.admin.browser;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.json.Json;

/**
 * Debian's Firefox without a window. It is driven by WebDriver BiDi over its own web socket, since
 * Debian has no driver for it, and Selenium's would have to be fetched from elsewhere.
 */
public final class Firefox implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/firefox-esr");
  private static final String LISTENING = "WebDriver BiDi listening on ";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Map<Long, CompletableFuture<Map<String, Object>>> asked = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final WebSocket socket;
  private final String window;
  private long last;

  private Firefox(Process process, URI address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Answers())
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
    ask("session.new", Map.of("capabilities", Map.of()));
    ask("session.subscribe", Map.of("events", List.of("log.entryAdded")));
    List<Map<String, Object>> windows = list(ask("browsingContext.getTree", Map.of()), "contexts");
    this.window = (String) windows.get(0).get("context");
  }

  /**
   * Starts one, or skips the calling test where none is and none can be installed. While it is
   * driven it asks nothing of its maker's servers: its preferences for that come with the port.
   *
   * @param profile an empty directory for what it keeps
   */
  public static Firefox start(Path profile) throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      DebianPackages.install("firefox-esr");
    }
    assumeTrue(
        Files.isExecutable(PROGRAM),
        () ->
            "SKIPPED: the test in Firefox needs "
                + PROGRAM
                + "; on Debian: apt-get install --no-install-recommends firefox-esr");
    Path output = profile.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--headless",
                "--no-remote",
                "--remote-debugging-port=0",
                "--profile",
                profile.toAbsolutePath().toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      return new Firefox(process, address(process, output));
    } catch (RuntimeException failed) {
      process.destroyForcibly();
      throw failed;
    }
  }

  /** The address that it writes when it listens. */
  private static URI address(Process process, Path output) {
    String line =
        await("Firefox listens")
            .atMost(PATIENCE)
            .failFast("Firefox ended", () -> !process.isAlive())
            .until(() -> listening(output), Optional::isPresent)
            .orElseThrow();
    return URI.create(line.substring(LISTENING.length()).strip() + "/session");
  }

  private static Optional<String> listening(Path output) throws IOException {
    String written = Files.readString(output);
    // The last line may not be written to its end yet.
    return written
        .substring(0, written.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.startsWith(LISTENING))
        .findFirst();
  }

  /** Loads an address, and waits until it is loaded. */
  public void load(String address) {
    ask("browsingContext.navigate", Map.of("context", window, "url", address, "wait", "complete"));
  }

  /** Sets the size of the page's window. */
  public void size(int width, int height) {
    ask(
        "browsingContext.setViewport",
        Map.of("context", window, "viewport", Map.of("width", width, "height", height)));
  }

  /** What an expression of JavaScript gives, by way of JSON; null for undefined. */
  public Object evaluate(String expression) {
    Map<String, Object> answer =
        ask(
            "script.evaluate",
            Map.of(
                "expression",
                "JSON.stringify(" + expression + ")",
                "target",
                Map.of("context", window),
                "awaitPromise",
                true));
    if (!"success".equals(answer.get("type"))) {
      throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
    }
    Object value = part(answer, "result").get("value");
    return value == null ? null : new Json().toType((String) value, Object.class);
  }

  /** Presses and lets go of a key, for whatever has the keyboard. */
  public void press(Keys key) {
    ask(
        "input.performActions",
        Map.of(
            "context",
            window,
            "actions",
            List.of(
                Map.of(
                    "type",
                    "key",
                    "id",
                    "keyboard",
                    "actions",
                    List.of(
                        Map.of("type", "keyDown", "value", key.toString()),
                        Map.of("type", "keyUp", "value", key.toString()))))));
  }

  /** Errors and warnings of all pages so far: uncaught ones, refused by the policy, written. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Keeps a picture of the page under {@code target/screenshots}. */
  public void screenshot(String name) throws IOException {
    Map<String, Object> answer =
        ask("browsingContext.captureScreenshot", Map.of("context", window));
    Path directory = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(
        directory.resolve(name + ".png"), Base64.getDecoder().decode((String) answer.get("data")));
  }

  private Map<String, Object> ask(String method, Map<String, Object> parameters) {
    long id = ++last;
    CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
    asked.put(id, answer);
    String command = new Json().toJson(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(command, true).join();
    try {
      Map<String, Object> message = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!"success".equals(message.get("type"))) {
        throw new IllegalStateException(method + ": " + message);
      }
      return part(message, "result");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } catch (ExecutionException | TimeoutException failed) {
      throw new IllegalStateException(method + " is not answered", failed);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> part(Map<String, Object> message, String name) {
    return (Map<String, Object>) message.get(name);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> message, String name) {
    return (List<Map<String, Object>>) message.get(name);
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** What comes over the socket: answers, and entries of the page's console. */
  private final class Answers implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        Map<String, Object> message = new Json().toType(text.toString(), Json.MAP_TYPE);
        text.setLength(0);
        if (message.get("id") instanceof Number id) {
          asked.remove(id.longValue()).complete(message);
        } else if ("log.entryAdded".equals(message.get("method"))) {
          note(part(message, "params"));
        }
      }
      from.request(1);
      return null;
    }

    private void note(Map<String, Object> entry) {
      String level = String.valueOf(entry.get("level"));
      if (level.equals("error") || level.equals("warn")) {
        complaints.add(level + ": " + entry.get("text"));
      }
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      UncheckedIOException broken =
          new UncheckedIOException(new IOException("Firefox's socket broke", failure));
      asked.values().forEach(answer -> answer.completeExceptionally(broken));
    }
  }
}
