package io.henge.admin.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.security.ConsoleSettings.Login;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginGuardTest {

  private static ConsoleSettings settings(Login login, boolean plainHttp, boolean openProbes) {
    return new ConsoleSettings(login, null, plainHttp, openProbes, "ops", "watch", false, null);
  }

  private static Exchange pass(ConsoleSettings settings, Exchange exchange) throws Exception {
    new LoginGuard(settings)
        .doFilter(exchange.request(), exchange.response(), (in, out) -> exchange.passed = true);
    return exchange;
  }

  private static Exchange basic(Exchange exchange) throws Exception {
    return pass(settings(Login.BASIC, false, false), exchange);
  }

  private static Exchange form(Exchange exchange) throws Exception {
    return pass(settings(Login.FORM, false, false), exchange);
  }

  @Test
  void whereNobodyLogsInEverybodyIsAViewerAndNoMore() throws Exception {
    Exchange exchange =
        pass(settings(Login.NONE, false, false), new Exchange().user("root", "ops"));
    assertThat(exchange.passed).isTrue();
    assertThat(Visitor.of(exchange.request()).roles()).containsExactly(Role.VIEWER);
    assertThat(Visitor.of(exchange.request()).name()).isEmpty();
  }

  @Test
  void rolesOfTheServerBecomeRolesOfTheConsole() throws Exception {
    Exchange operator = basic(new Exchange().user("ada", "ops"));
    assertThat(Visitor.of(operator.request()).roles())
        .isEqualTo(Set.of(Role.VIEWER, Role.OPERATOR));
    Exchange viewer = basic(new Exchange().user("eve", "watch"));
    assertThat(Visitor.of(viewer.request()).roles()).containsExactly(Role.VIEWER);
  }

  @Test
  void aUserWithoutARoleIsRefusedWhateverTheNameHolds() throws Exception {
    Exchange stranger =
        basic(new Exchange().user("a\"b\n<c>", "other").with("getServletPath", "/api/v1"));
    assertThat(stranger.passed).isFalse();
    assertThat(stranger.status).isEqualTo(403);
    assertThat(stranger.written.toString()).contains("NO_ROLE", "a\\\"b\\u000a<c>");
  }

  @Test
  void basicChallengesAndTheFormIsSentTo() throws Exception {
    Exchange challenged = basic(new Exchange());
    assertThat(challenged.status).isEqualTo(401);
    assertThat(challenged.sent.get("WWW-Authenticate")).startsWith("Basic ");
    assertThat(form(new Exchange()).sent).containsEntry("Location", "/henge/login.html");
    Exchange program = form(new Exchange().with("getServletPath", "/api/v1"));
    assertThat(program.status).isEqualTo(401);
    assertThat(program.sent).isEmpty();
    Exchange wrong = form(new Exchange().with("getServletPath", "/login"));
    assertThat(wrong.sent).containsEntry("Location", "/henge/login.html#failed");
    wrong.attributes.put(LoginLimiter.LIMITED, true);
    assertThat(form(wrong).sent).containsEntry("Location", "/henge/login.html#limited");
    Exchange right = form(new Exchange().user("ada", "ops").with("getServletPath", "/login"));
    assertThat(right.sent).containsEntry("Location", "/henge/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login.html", "/styles/base.css", "/styles/tokens.css"})
  void whatTheLogInPageNeedsIsOpenAndNothingElse(String path) throws Exception {
    assertThat(form(new Exchange().with("getServletPath", path)).passed).isTrue();
    assertThat(form(new Exchange().with("getServletPath", path + "/x")).passed).isFalse();
  }

  @Test
  void passwordsDoNotTravelInPlainTextFromOtherMachines() throws Exception {
    Exchange remote = new Exchange().user("ada", "ops").with("getRemoteAddr", "10.0.0.7");
    assertThat(basic(remote).status).isEqualTo(403);
    assertThat(remote.written.toString()).contains("plain text");
    Exchange proxied = new Exchange().user("ada", "ops").header("X-Forwarded-For", "10.0.0.7");
    assertThat(basic(proxied).status).isEqualTo(403);
    Exchange secure =
        new Exchange().user("ada", "ops").with("getRemoteAddr", "10.0.0.7").with("isSecure", true);
    assertThat(basic(secure).passed).isTrue();
    Exchange allowed = new Exchange().user("ada", "ops").with("getRemoteAddr", "10.0.0.7");
    assertThat(pass(settings(Login.BASIC, true, false), allowed).passed).isTrue();
  }

  @Test
  void probesAreOpenOnlyWhereTheSettingSaysSo() throws Exception {
    assertThat(basic(new Exchange().with("getServletPath", "/metrics")).passed).isFalse();
    ConsoleSettings open = settings(Login.BASIC, false, true);
    assertThat(pass(open, new Exchange().with("getServletPath", "/metrics")).passed).isTrue();
    assertThat(pass(open, new Exchange().with("getServletPath", "/health/ready")).passed).isTrue();
    assertThat(pass(open, new Exchange().with("getServletPath", "/healthy")).passed).isFalse();
    assertThat(pass(open, new Exchange().with("getServletPath", "/api/v1")).passed).isFalse();
  }
}
