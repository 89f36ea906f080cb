package io.henge.admin.security;

import io.henge.admin.security.ConsoleSettings.Login;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Lets only this machine in while nobody logs in. The connection must come from a loopback address
 * and not through a proxy, which would lend its own; and it must be addressed to a loopback name,
 * or a foreign page could rebind its own name to this machine and read the console from the user's
 * browser.
 */
public class LoopbackGuard extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[^%\\]]*\\]?");

  private final transient ConsoleSettings settings;

  /** For the container. */
  public LoopbackGuard() {
    this(ConsoleSettings.read());
  }

  LoopbackGuard(ConsoleSettings settings) {
    this.settings = settings;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean open = settings.openProbes() && LoginGuard.isProbe(request.getServletPath());
    if (settings.login() != Login.NONE || open) {
      chain.doFilter(request, response);
    } else if (!isLoopback(request.getRemoteAddr())) {
      refuse(request, response, "This request came from " + request.getRemoteAddr() + ".");
    } else if (request.getHeader("Forwarded") != null
        || request.getHeader("X-Forwarded-For") != null) {
      refuse(request, response, "This request came through a proxy.");
    } else if (!isLoopback(request.getServerName())) {
      refuse(request, response, "This request was addressed to another host name than localhost.");
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

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, String reason) throws IOException {
    new Refusal(
            HttpServletResponse.SC_FORBIDDEN,
            "LOOPBACK_ONLY",
            "This machine only",
            "Without a log-in the Henge console answers only browsers on its own machine, directly,"
                + " at http://localhost or http://127.0.0.1. "
                + reason)
        .send(request, response);
  }
}
