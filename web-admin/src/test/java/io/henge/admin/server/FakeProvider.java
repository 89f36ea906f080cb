package io.henge.admin.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.openqa.selenium.json.Json;

/**
 * A provider of OpenID Connect that lets in whom the test names, without asking. It answers at
 * 127.0.0.1, which for a browser is another site than localhost.
 */
final class FakeProvider implements AutoCloseable {

  static final String CLIENT = "henge-console";
  static final String SECRET = "the client's secret";

  /** Somebody whom the provider knows, with the groups that it tells of. */
  record Person(String name, List<String> groups) {}

  private record Grant(Person person, String nonce) {}

  private final HttpServer server;
  private final KeyPair published = pair();
  private final KeyPair unknown = pair();
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final Map<String, Person> tokens = new ConcurrentHashMap<>();
  private volatile Person next;
  private volatile boolean forging;

  private FakeProvider(HttpServer server) {
    this.server = server;
  }

  static FakeProvider start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeProvider provider = new FakeProvider(server);
    server.createContext("/.well-known/openid-configuration", provider::describe);
    server.createContext("/authorize", provider::authorize);
    server.createContext("/token", provider::token);
    server.createContext("/userinfo", provider::userInfo);
    server.createContext("/jwks", provider::keys);
    server.start();
    return provider;
  }

  /** Lets this person in from now on. */
  void letIn(String name, String... groups) {
    next = new Person(name, List.of(groups));
  }

  /** Whether it signs with another key than the one that it publishes. */
  void forge(boolean value) {
    forging = value;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void describe(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        200,
        Map.of(
            "issuer",
            address(),
            "authorization_endpoint",
            address() + "/authorize",
            "token_endpoint",
            address() + "/token",
            "userinfo_endpoint",
            address() + "/userinfo",
            "jwks_uri",
            address() + "/jwks",
            "response_types_supported",
            List.of("code"),
            "subject_types_supported",
            List.of("public"),
            "id_token_signing_alg_values_supported",
            List.of("RS256")));
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    String code = UUID.randomUUID().toString();
    grants.put(code, new Grant(next, asked.get("nonce")));
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            asked.get("redirect_uri")
                + "?code="
                + code
                + "&state="
                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> asked = parameters(body);
    Grant grant = grants.remove(asked.getOrDefault("code", ""));
    if (grant == null
        || !CLIENT.equals(asked.get("client_id"))
        || !SECRET.equals(asked.get("client_secret"))) {
      answer(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    String token = UUID.randomUUID().toString();
    tokens.put(token, grant.person());
    answer(
        exchange,
        200,
        Map.of(
            "access_token",
            token,
            "token_type",
            "Bearer",
            "expires_in",
            3600,
            "id_token",
            identity(grant)));
  }

  private void userInfo(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
    answer(exchange, 200, claims(tokens.get(token)));
  }

  private void keys(HttpExchange exchange) throws IOException {
    RSAPublicKey key = (RSAPublicKey) published.getPublic();
    answer(
        exchange,
        200,
        Map.of(
            "keys",
            List.of(
                Map.of(
                    "kty", "RSA",
                    "use", "sig",
                    "alg", "RS256",
                    "kid", "key",
                    "n", base64(unsigned(key.getModulus())),
                    "e", base64(unsigned(key.getPublicExponent()))))));
  }

  private static Map<String, Object> claims(Person person) {
    return Map.of(
        "sub", "subject-" + person.name(),
        "preferred_username", person.name(),
        "groups", person.groups());
  }

  private String identity(Grant grant) {
    Map<String, Object> claims = new HashMap<>(claims(grant.person()));
    long now = Instant.now().getEpochSecond();
    claims.putAll(
        Map.of(
            "iss",
            address(),
            "aud",
            CLIENT,
            "iat",
            now,
            "exp",
            now + 3600,
            "nonce",
            grant.nonce()));
    String text = json(Map.of("alg", "RS256", "typ", "JWT", "kid", "key")) + "." + json(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign((forging ? unknown : published).getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String json(Map<String, Object> map) {
    return base64(new Json().toJson(map).getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private static void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = new Json().toJson(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
