package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.json.Json;

/** Attacks on a console on a real server, one for each promise of docs/console.md: all refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackIT {

  private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");
  private static final String CLEAR = "caches/carts/clear";
  private static final String CONFIRMED = "{\"confirm\":\"orders-prod\"}";

  private ConsoleServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server =
        ConsoleServer.start(
            directory,
            Map.of(
                "henge.console.login",
                "basic",
                "henge.console.users",
                Users.write(directory).toString()));
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.address("/henge/" + path));
  }

  private HttpRequest.Builder as(String user, String path) {
    return request("api/v1/" + path)
        .header("Authorization", Users.basic(user, Users.password(user)));
  }

  private String token(String user) throws IOException {
    return (String) json(server.send(as(user, "session"))).get("csrf");
  }

  /** An action with everything right. */
  private HttpRequest.Builder action(String user, String path, String body) throws IOException {
    return as(user, path)
        .header("Content-Type", "application/json")
        .header("X-Henge-Csrf", token(user))
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(BodyPublishers.ofString(body));
  }

  private static Map<String, Object> json(HttpResponse<String> response) {
    return new Json().toType(response.body(), Json.MAP_TYPE);
  }

  private static String code(HttpResponse<String> response) {
    Matcher code = CODE.matcher(response.body());
    return response.statusCode() + (code.find() ? " " + code.group(1) : "");
  }

  private long times(String kind) throws IOException {
    List<Map<String, Object>> log =
        new Json().toType(server.send(as(Users.EVE, "log")).body(), Json.LIST_OF_MAPS_TYPE);
    return log.stream().filter(event -> event.get("kind").equals(kind)).count();
  }

  private long slot() throws IOException {
    return ((Number) json(server.send(as(Users.EVE, "cluster"))).get("slot")).longValue();
  }

  private String member(int i) throws IOException {
    List<Map<String, Object>> members =
        new Json().toType(server.send(as(Users.EVE, "members")).body(), Json.LIST_OF_MAPS_TYPE);
    return (String) members.get(i).get("id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "index.html",
        "app/main.js",
        "api/v1/session",
        "api/v1/view",
        "api/v1/events",
        "api/v1/audit",
        "health",
        "metrics"
      })
  void nobodyGetsInWithoutAName(String path) throws Exception {
    HttpResponse<String> response = server.send(request(path));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic realm"));
    assertThat(response.body()).doesNotContain("orders-prod", "node-a");
  }

  @Test
  void aWrongPasswordAnEmptyOneAndNonsenseAreNobody() throws Exception {
    for (String header :
        List.of(
            Users.basic("mallory", "x"),
            Users.basic("mallory", ""),
            "Basic !!!",
            "Basic bm9jb2xvbg==",
            "Bearer x")) {
      HttpResponse<String> response =
          server.send(request("api/v1/view").header("Authorization", header));
      assertThat(response.statusCode()).as(header).isEqualTo(401);
    }
  }

  @Test
  void passwordsCannotBeTriedOutEvenWithTheRightOneAtLast() throws Exception {

    HttpResponse<String> last = null;
    for (int i = 0; i < 7; i++) {
      last =
          server.send(
              request("api/v1/session")
                  .header("Authorization", Users.basic("victim", "guess" + i)));
    }
    assertThat(code(last)).isEqualTo("429 TOO_MANY_ATTEMPTS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caches/carts/clear",
        "rebalancing/pause",
        "caches/carts/statistics/reset",
        "found-again"
      })
  void aViewerCannotAct(String path) throws Exception {
    long before = times("CLEARED") + times("PauseRebalancing");
    HttpResponse<String> response =
        server.send(
            action(Users.EVE, path, CONFIRMED).header("If-Match", "\"slot-" + slot() + "\""));
    assertThat(code(response)).isEqualTo("403 NOT_ALLOWED");
    assertThat(times("CLEARED") + times("PauseRebalancing")).isEqualTo(before);
  }

  @Test
  void aForeignPageCannotMakeAnOperatorsBrowserAct() throws Exception {
    long before = times("CLEARED");
    String token = token(Users.ADA);
    List<HttpRequest.Builder> attacks =
        List.of(
            as(Users.ADA, CLEAR).header("Content-Type", "application/json"),
            as(Users.ADA, CLEAR)
                .header("Content-Type", "application/json")
                .header("X-Henge-Csrf", "guess"),
            as(Users.ADA, CLEAR)
                .header("Content-Type", "application/json")
                .header("X-Henge-Csrf", token(Users.EVE)),
            as(Users.ADA, CLEAR).header("Content-Type", "text/plain").header("X-Henge-Csrf", token),
            as(Users.ADA, CLEAR)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Henge-Csrf", token),
            as(Users.ADA, CLEAR)
                .header("Content-Type", "application/json")
                .header("X-Henge-Csrf", token)
                .header("Sec-Fetch-Site", "cross-site"),
            as(Users.ADA, CLEAR)
                .header("Content-Type", "application/json")
                .header("X-Henge-Csrf", token)
                .header("Sec-Fetch-Site", "same-site"));
    for (HttpRequest.Builder attack : attacks) {
      HttpResponse<String> response =
          server.send(
              attack
                  .header("Idempotency-Key", UUID.randomUUID().toString())
                  .POST(BodyPublishers.ofString(CONFIRMED)));
      assertThat(code(response)).isEqualTo("403 CSRF");
    }
    assertThat(times("CLEARED")).isEqualTo(before);
  }

  @Test
  void anActionOnAViewThatHasMovedOnIsRefused() throws Exception {
    String drain = "members/" + member(3) + "/drain";
    long before = times("Drain");
    assertThat(code(server.send(action(Users.ADA, drain, "{}")))).isEqualTo("428 NO_IF_MATCH");
    HttpResponse<String> stale =
        server.send(action(Users.ADA, drain, "{}").header("If-Match", "\"slot-1\""));
    assertThat(code(stale)).isEqualTo("412 VIEW_CHANGED");
    assertThat(stale.body()).contains("You looked at slot 1, now " + slot());
    assertThat(times("Drain")).isEqualTo(before);
  }

  @Test
  void aDangerousActionNeedsTheClustersName() throws Exception {
    long before = times("CLEARED");
    assertThat(code(server.send(action(Users.ADA, CLEAR, "{}")))).isEqualTo("400 NOT_CONFIRMED");
    assertThat(code(server.send(action(Users.ADA, CLEAR, "{\"confirm\":\"orders\"}"))))
        .isEqualTo("400 NOT_CONFIRMED");
    for (String body : List.of("", "[]", "null", "{\"confirm\":{}}", "{")) {
      assertThat(server.send(action(Users.ADA, CLEAR, body)).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(times("CLEARED")).isEqualTo(before);
  }

  @Test
  void aClusterIsFoundAgainOnlyByWhoConfirmsItTwiceAndNotWhileAMajorityLives() throws Exception {
    String tag = "\"slot-" + slot() + "\"";
    String confirmed = "{\"confirm\":\"orders-prod\",\"othersDead\":true,\"members\":[";
    Map<String, String> refusals =
        Map.of(
            "{\"othersDead\":true}",
            "400 NOT_CONFIRMED",
            "{\"confirm\":\"orders\",\"othersDead\":true}",
            "400 NOT_CONFIRMED",
            CONFIRMED,
            "400 NOT_CONFIRMED",
            "{\"confirm\":\"orders-prod\",\"othersDead\":false}",
            "400 NOT_CONFIRMED",
            confirmed + "null]}",
            "400 BAD_BODY",
            confirmed + "\"nobody\"]}",
            "404 UNKNOWN_MEMBER",
            confirmed + "\"node-a\"]}",
            "409 REFUSED");
    for (Map.Entry<String, String> refusal : refusals.entrySet()) {
      HttpResponse<String> response =
          server.send(action(Users.ADA, "found-again", refusal.getKey()).header("If-Match", tag));
      assertThat(code(response)).as(refusal.getKey()).isEqualTo(refusal.getValue());
    }
    assertThat(code(server.send(action(Users.ADA, "found-again", confirmed + "]}"))))
        .isEqualTo("428 NO_IF_MATCH");
    HttpResponse<String> foreign =
        server.send(
            action(Users.ADA, "found-again", confirmed + "]}")
                .header("If-Match", tag)
                .setHeader("X-Henge-Csrf", "guess"));
    assertThat(code(foreign)).isEqualTo("403 CSRF");
    assertThat(times("FOUNDED_AGAIN")).isZero();
    assertThat(server.send(as(Users.EVE, "audit")).body())
        .contains("\"action\":\"found again\"", "refused: REFUSED this member has a lease");
  }

  @Test
  void anActionThatIsSentTwiceIsDoneOnceAndItsKeyIsNoOneElses() throws Exception {
    long before = times("CLEARED");
    String key = UUID.randomUUID().toString();
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response =
          server.send(action(Users.ADA, CLEAR, CONFIRMED).setHeader("Idempotency-Key", key));
      assertThat(response.statusCode()).isEqualTo(202);
    }
    assertThat(times("CLEARED")).isEqualTo(before + 1);
    HttpResponse<String> other =
        server.send(
            action(Users.ADA, "caches/prices/clear", CONFIRMED).setHeader("Idempotency-Key", key));
    assertThat(code(other)).isEqualTo("409 KEY_REUSED");
    assertThat(times("CLEARED")).isEqualTo(before + 1);
  }

  @Test
  void whatIsDoneAndWhatIsRefusedIsWrittenDown() throws Exception {
    String member = member(4);
    String path = "members/" + member + "/drain";
    String tag = "\"slot-" + slot() + "\"";
    server.send(action(Users.EVE, path, "{}").header("If-Match", tag));
    HttpResponse<String> done = server.send(action(Users.ADA, path, "{}").header("If-Match", tag));
    assertThat(done.statusCode()).isEqualTo(202);
    server.send(
        action(Users.ADA, "members/" + member + "/undrain", "{}")
            .header("If-Match", "\"slot-" + slot() + "\""));
    String audit = server.send(as(Users.EVE, "audit")).body();
    assertThat(audit).contains("\"action\":\"drain\"", member, "\"result\":\"done\"");
    assertThat(audit).contains("refused: NOT_ALLOWED", "\"who\":\"eve\"", "\"who\":\"ada\"");
    assertThat(server.log()).contains("who=ada", "action=drain", "result=done");
  }

  @Test
  void everyAnswerForbidsForeignScriptFramesAndSniffing() throws Exception {
    for (HttpRequest.Builder request :
        List.of(
            request(""),
            request("nowhere"),
            as(Users.EVE, "view"),
            as(Users.EVE, "nowhere"),
            as(Users.EVE, "failovers/7/report"))) {
      HttpResponse<String> response = server.send(request);
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
          .contains("require-trusted-types-for 'script'")
          .doesNotContain("unsafe");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void aSessionIsAStrictHiddenSecureCookieAndNoneThatTheVisitorBrought() throws Exception {
    HttpResponse<String> response =
        server.send(as(Users.ADA, "session").header("Cookie", "JSESSIONID=chosenbyattacker"));
    List<String> cookies = response.headers().allValues("Set-Cookie");
    assertThat(cookies)
        .allSatisfy(
            cookie ->
                assertThat(cookie)
                    .containsIgnoringCase("HttpOnly")
                    .containsIgnoringCase("Secure")
                    .containsIgnoringCase("SameSite=Strict")
                    .doesNotContain("chosenbyattacker"));
    assertThat(cookies).isNotEmpty();
    assertThat(
            server
                .send(request("api/v1/view").header("Cookie", "JSESSIONID=chosenbyattacker"))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void noValueIsEverTold() throws Exception {
    HttpResponse<String> located =
        server.send(
            action(
                Users.ADA,
                "keys/locate",
                "{\"cache\":\"carts\",\"type\":\"string\",\"key\":\"a\"}"));
    assertThat(located.statusCode()).isEqualTo(200);
    assertThat(json(located).keySet())
        .containsExactlyInAnyOrder(
            "hash", "partition", "primary", "replicas", "local", "present", "pending");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WEB-INF/web.xml",
        "web-inf/web.xml",
        "api/v1/%2e%2e/%2e%2e/WEB-INF/web.xml",
        "app/%2e%2e/WEB-INF/web.xml",
        "WEB-INF/classes/META-INF/services/jakarta.enterprise.inject.spi.Extension"
      })
  void theWarsInsidesAreNotServed(String path) throws Exception {
    HttpResponse<String> response =
        server.send(
            request(path).header("Authorization", Users.basic(Users.ADA, Users.password("ada"))));
    assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(response.body()).doesNotContain("filter-class", "LoginSelection");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "TRACE"})
  void otherMethodsChangeNothing(String method) throws Exception {
    HttpResponse<String> response =
        server.send(as(Users.ADA, "caches/carts").method(method, BodyPublishers.noBody()));
    assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
  }
}
