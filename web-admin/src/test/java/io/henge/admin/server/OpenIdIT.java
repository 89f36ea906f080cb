package io.henge.admin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Log-in by a provider of OpenID Connect, which is another site, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenIdIT {

  private static final String SHOWN = "document.body.dataset.ready";

  private FakeProvider provider;
  private ConsoleServer server;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    browser = Browser.start(Files.createDirectory(directory.resolve("profile")));
    provider = FakeProvider.start();
    server =
        ConsoleServer.start(
            Files.createDirectory(directory.resolve("server")),
            Map.of(
                "henge.console.login",
                "openid",
                "henge.console.openid.provider",
                provider.address(),
                "henge.console.openid.client-id",
                FakeProvider.CLIENT,
                "henge.console.openid.client-secret",
                FakeProvider.SECRET,
                "henge.console.role.operator",
                "cache-admins"));
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
    if (provider != null) {
      provider.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void forget() {
    provider.forge(false);
    browser.driver().get("about:blank");
    browser.driver().executeCdpCommand("Network.clearBrowserCookies", Map.of());
  }

  private URI console() {
    return server.address("/henge/");
  }

  private void open(String path) {
    browser.driver().get(console() + path);
  }

  private String user() {
    return String.valueOf(browser.ask("document.querySelector('.user').innerText"));
  }

  @Test
  void theProvidersGroupsMakeAnOperatorAndAViewer() {
    provider.letIn("ada", "cooks", "cache-admins");
    open("");
    browser.until("the console", SHOWN);
    assertThat(user()).isEqualTo("ada, operator");
    assertThat(browser.driver().getCurrentUrl()).startsWith(console().toString());

    browser.driver().executeCdpCommand("Network.clearBrowserCookies", Map.of());
    provider.letIn("eve", "henge-viewer");
    open("");
    browser.until("the console", SHOWN);
    assertThat(user()).isEqualTo("eve, viewer");
  }

  @Test
  void aPersonOfNoGroupIsKnownAndRefused() {
    provider.letIn("mallory", "cooks");
    open("");
    browser.until("the refusal", "document.body.innerText.includes('neither role')");
    assertThat(browser.ask("document.body.innerText").toString())
        .contains("mallory")
        .contains("cache-admins");
  }

  @Test
  void whoLogsOutIsNotLetInAgainUnasked() {
    provider.letIn("ada", "cache-admins");
    open("");
    browser.until("the console", SHOWN);
    browser.go("#/about");
    browser.driver().executeScript("document.querySelector('[data-action=log-out]').click()");
    browser.until("the page", "location.pathname.endsWith('logged-out.html')");
    assertThat(browser.violations()).isEmpty();
    browser.screenshot("logged-out");
    open("api/v1/session");
    assertThat(browser.ask("document.body.innerText").toString()).contains("LOGIN_REQUIRED");
  }

  @Test
  void aTokenThatTheProviderDidNotSignLetsNobodyIn() {
    provider.letIn("ada", "cache-admins");
    provider.forge(true);
    open("");
    browser.until("an end", "document.readyState === 'complete'");
    assertThat((Boolean) browser.ask("!!document.querySelector('.user')")).isFalse();
    open("api/v1/session");
    assertThat(browser.ask("document.body.innerText").toString()).contains("LOGIN_REQUIRED");
  }

  @Test
  void aCodeThatNobodyHereAskedForLetsNobodyIn() throws Exception {
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder(server.address("/henge/login?code=stolen&state=guessed")));
    assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(c -> c.contains("JSESSIONID"));
    assertThat(answer.body()).doesNotContain("You are logged in");
    assertThat(answer.statusCode()).isNotEqualTo(200);
  }

  @Test
  void aProgramIsToldAndAPersonIsSentToTheProvider() throws Exception {
    HttpResponse<String> program =
        server.send(HttpRequest.newBuilder(server.address("/henge/api/v1/view")));
    assertThat(program.statusCode()).isEqualTo(401);
    assertThat(program.body()).contains("LOGIN_REQUIRED");
    HttpResponse<String> person = server.send(HttpRequest.newBuilder(console()));
    assertThat(person.statusCode()).isEqualTo(302);
    assertThat(person.headers().firstValue("Location").orElse(""))
        .startsWith(provider.address() + "/authorize?")
        .doesNotContain("secret");
  }
}
