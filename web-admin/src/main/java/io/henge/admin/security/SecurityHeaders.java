package io.henge.admin.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Sends the headers that every answer carries; the policy's hash is that of the page as served. */
public class SecurityHeaders extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final String PAGE = "/index.html";

  private transient String policy;

  @Override
  public void init(FilterConfig config) throws ServletException {
    super.init(config);
    try (InputStream page = config.getServletContext().getResourceAsStream(PAGE)) {
      if (page == null) {
        throw new ServletException("The WAR is broken: it has no " + PAGE);
      }
      String html = new String(page.readAllBytes(), StandardCharsets.UTF_8);
      policy = ContentSecurityPolicy.forPage(html);
    } catch (IOException unreadable) {
      throw new ServletException("The WAR is broken: " + PAGE + " cannot be read", unreadable);
    }
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    response.setHeader("Cache-Control", caching(request.getServletPath()));
    chain.doFilter(request, response);
  }

  /** Libraries carry their version in the path; the page itself is asked for by its entity tag. */
  static String caching(String path) {
    if (path.startsWith("/_static/")) {
      return "public, max-age=31536000, immutable";
    }
    return path.startsWith("/api") ? "no-store" : "no-cache";
  }
}
