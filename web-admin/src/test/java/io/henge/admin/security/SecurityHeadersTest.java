package io.henge.admin.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecurityHeadersTest {

  @Test
  void thePolicyAllowsTheImportMapOfThePageByItsHash() {
    // printf '{"imports":{}}' | openssl dgst -sha256 -binary | base64
    String policy =
        ContentSecurityPolicy.forPage(
            "<head><script type=\"importmap\">{\"imports\":{}}</script></head>");
    assertThat(policy)
        .contains("script-src 'self' 'sha256-URrTy+Il/Nz0lHojVUx275hWqAWhkSF0VsHbUM4/6Hw='")
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .contains("require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
  }

  @Test
  void aPageWithoutAnImportMapIsRefusedAtTheStart() {
    assertThatThrownBy(() -> ContentSecurityPolicy.forPage("<html></html>"))
        .hasMessageContaining("no import map");
  }

  @Test
  void onlyLibrariesAreKeptByTheBrowserWithoutAsking() {
    assertThat(SecurityHeaders.caching("/_static/lit/3.3.3/index.js")).contains("immutable");
    assertThat(SecurityHeaders.caching("/app/main.js")).isEqualTo("no-cache");
    assertThat(SecurityHeaders.caching("/")).isEqualTo("no-cache");
    assertThat(SecurityHeaders.caching("/api/v1")).isEqualTo("no-store");
  }
}
