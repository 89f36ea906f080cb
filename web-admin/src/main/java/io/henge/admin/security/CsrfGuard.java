package io.henge.admin.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses what a foreign page may have made the user's browser send: whatever is not a plain
 * reading needs JSON, the token that only a page of this origin can read, and, where the browser
 * says so, this very origin.
 */
public class CsrfGuard extends HttpFilter {

  private static final long serialVersionUID = 1L;

  /** The header with the token of {@code GET /session}. */
  static final String HEADER = "X-Henge-Csrf";

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String reason = READING.contains(request.getMethod()) ? null : reason(request);
    if (reason == null) {
      chain.doFilter(request, response);
    } else {
      new Refusal(
              HttpServletResponse.SC_FORBIDDEN,
              "CSRF",
              "Not sent by this console",
              reason + " Requests that change something need it; see docs/console.md.")
          .send(request, response);
    }
  }

  private static String reason(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String type = request.getContentType();
    String token = request.getHeader(HEADER);
    if (site != null && !site.equals("same-origin")) {
      return "The request was made by a page of another origin.";
    }
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      return "The body is not application/json.";
    }
    byte[] wanted = CsrfTokens.of(Visitor.of(request).name()).getBytes(StandardCharsets.US_ASCII);
    if (token == null
        || !MessageDigest.isEqual(wanted, token.getBytes(StandardCharsets.ISO_8859_1))) {
      return "The header " + HEADER + " is missing or not that of GET api/v1/session.";
    }
    return null;
  }
}
