package io.henge.admin.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CsrfGuardTest {

  private static Exchange post() {
    Exchange exchange =
        new Exchange()
            .with("getMethod", "POST")
            .with("getServletPath", "/api/v1")
            .header("Content-Type", "application/json; charset=utf-8")
            .header("Sec-Fetch-Site", "same-origin")
            .header(CsrfGuard.HEADER, CsrfTokens.of("ada"));
    new Visitor("ada", "", Set.of(Role.OPERATOR)).enter(exchange.request());
    return exchange;
  }

  private static boolean passes(Exchange exchange) throws Exception {
    new CsrfGuard()
        .doFilter(exchange.request(), exchange.response(), (in, out) -> exchange.passed = true);
    return exchange.passed;
  }

  @Test
  void aRequestOfThisPageAndOneOfAProgramPass() throws Exception {
    assertThat(passes(post())).isTrue();
    Exchange program = post();
    program.headers.remove("Sec-Fetch-Site");
    assertThat(passes(program)).isTrue();
    assertThat(passes(new Exchange())).isTrue();
  }

  @Test
  void eachMissingProofIsRefused() throws Exception {
    assertThat(passes(post().header("Sec-Fetch-Site", "none"))).isFalse();
    assertThat(passes(post().header("Content-Type", "text/plain"))).isFalse();
    assertThat(passes(post().header("Content-Type", null))).isFalse();
    assertThat(passes(post().header(CsrfGuard.HEADER, null))).isFalse();
    assertThat(passes(post().header(CsrfGuard.HEADER, CsrfTokens.of("eve")))).isFalse();
    assertThat(passes(post().header(CsrfGuard.HEADER, CsrfTokens.of("ada") + "x"))).isFalse();
    assertThat(passes(post().with("getMethod", "DELETE").header(CsrfGuard.HEADER, ""))).isFalse();
  }
}
