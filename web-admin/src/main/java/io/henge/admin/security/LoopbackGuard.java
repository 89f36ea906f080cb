package io.henge.admin.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Lets only this machine in. The connection must come from a loopback address and not through a
 * proxy, which would lend its own; and it must be addressed to a loopback name, or a foreign page
 * could rebind its own name to this machine and read the console from the user's browser.
 */
public class LoopbackGuard extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[^%\\]]*\\]?");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!isLoopback(request.getRemoteAddr())) {
      refuse(request, response, "This request came from " + request.getRemoteAddr() + ".");
    } else if (request.getHeader("Forwarded") != null
        || request.getHeader("X-Forwarded-For") != null) {
      refuse(request, response, "This request came through a proxy.");
    } else if (!isLoopback(request.getServerName())) {
      refuse(request, response, "This request was addressed to another host name than localhost.");
    } else if (isForeign(request)) {
      refuse(request, response, "This request was made by a page of another origin.");
    } else {
      chain.doFilter(request, response);
    }
  }

  /** Whether a name or a literal address means this machine; asks no name server. */
  static boolean isLoopback(String host) {
    if (host == null) {
      return false;
    }
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    if (!LITERAL.matcher(host).matches()) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException malformed) {
      return false;
    }
  }

  private static boolean isForeign(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return request.getMethod().equals("POST") && site != null && !site.equals("same-origin");
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, String reason) throws IOException {
    String detail =
        "The Henge console answers only browsers on its own machine, directly, at"
            + " http://localhost or http://127.0.0.1. "
            + reason;
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    if (request.getServletPath().startsWith("/api")) {
      response.setContentType("application/problem+json");
      response
          .getWriter()
          .write(
              "{\"type\":\"about:blank\",\"title\":\"This machine only\",\"status\":403,"
                  + "\"code\":\"LOOPBACK_ONLY\",\"detail\":\""
                  + detail
                  + "\"}");
    } else {
      response.setContentType("text/plain");
      response.getWriter().write(detail + "\n");
    }
  }
}
