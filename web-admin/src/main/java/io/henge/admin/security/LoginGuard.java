package io.henge.admin.security;

import io.henge.admin.security.ConsoleSettings.Login;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Lets in who has a role, once people log in. Without log-in everybody whom {@link LoopbackGuard}
 * let pass is a viewer. What the log-in page needs is open; health and metrics are where the
 * setting says so.
 */
public class LoginGuard extends HttpFilter {

  private static final long serialVersionUID = 1L;

  /** Where passwords are sent to, and where a provider of OpenID Connect sends people back to. */
  static final String LOGIN = "/login";

  private static final Set<String> OPEN =
      Set.of(
          "/login.html",
          "/logged-out.html",
          "/app/favicon.svg",
          "/styles/tokens.css",
          "/styles/base.css");

  private final transient ConsoleSettings settings;

  /** For the container. */
  public LoginGuard() {
    this(ConsoleSettings.read());
  }

  LoginGuard(ConsoleSettings settings) {
    this.settings = settings;
  }

  /** Whether a path is one of the probes that monitoring asks. */
  static boolean isProbe(String path) {
    return path.equals("/metrics") || path.equals("/health") || path.startsWith("/health/");
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getServletPath();
    if (settings.login() == Login.NONE) {
      new Visitor("", request.getRemoteAddr(), Set.of(Role.VIEWER)).enter(request);
      chain.doFilter(request, response);
    } else if (OPEN.contains(path) || (settings.openProbes() && isProbe(path))) {
      chain.doFilter(request, response);
    } else if (isReadable(request)) {
      new Refusal(
              HttpServletResponse.SC_FORBIDDEN,
              "HTTPS_ONLY",
              "Only over HTTPS",
              "A password would travel in plain text. Use https, or http://localhost on the server"
                  + " itself; henge.console.plain-http=true allows it all the same.")
          .send(request, response);
    } else if (request.getUserPrincipal() == null && !authenticated(request, response)) {
      return; // the challenge was sent
    } else if (path.equals(LOGIN)) {
      welcome(request, response);
    } else {
      enter(request, response, chain);
    }
  }

  private boolean isReadable(HttpServletRequest request) {
    boolean here =
        LoopbackGuard.isLoopback(request.getRemoteAddr())
            && request.getHeader("X-Forwarded-For") == null
            && request.getHeader("Forwarded") == null;
    return !request.isSecure() && !here && !settings.plainHttp();
  }

  private boolean authenticated(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    boolean program = request.getServletPath().startsWith("/api");
    if (settings.login() == Login.CONTAINER || (settings.login() == Login.OPENID && !program)) {
      return request.authenticate(response);
    }
    boolean limited = Boolean.TRUE.equals(request.getAttribute(LoginLimiter.LIMITED));
    if (settings.login() == Login.FORM && !program) {
      boolean tried = request.getServletPath().equals(LOGIN);
      response.sendRedirect(
          request.getContextPath()
              + "/login.html"
              + (limited ? "#limited" : tried ? "#failed" : ""));
      return false;
    }
    if (settings.login() == Login.BASIC && !limited) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"Henge\", charset=\"UTF-8\"");
    }
    refusal(limited).send(request, response);
    return false;
  }

  private void welcome(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (settings.login() != Login.OPENID) {
      response.sendRedirect(request.getContextPath() + "/");
      return;
    }
    // As for a password: the session was made by the server's mechanism, with any id it was given.
    request.changeSessionId();
    // A page and not a redirect: what follows is then asked by this site, with its strict cookie.
    request.getRequestDispatcher("/logged-in.html").forward(request, response);
  }

  private static Refusal refusal(boolean limited) {
    return limited
        ? new Refusal(
            429,
            "TOO_MANY_ATTEMPTS",
            "Too many failed log-ins",
            "Log-in is refused for a minute after " + LoginLimiter.MOST_FAILURES + " failures.")
        : new Refusal(
            HttpServletResponse.SC_UNAUTHORIZED,
            "LOGIN_REQUIRED",
            "Log in first",
            "This console asks who you are; log in and try again.");
  }

  private void enter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    if (request.isUserInRole(settings.operatorRole())) {
      roles.add(Role.VIEWER);
      roles.add(Role.OPERATOR);
    } else if (request.isUserInRole(settings.viewerRole())) {
      roles.add(Role.VIEWER);
    }
    String name = request.getUserPrincipal().getName();
    if (roles.isEmpty()) {
      new Refusal(
              HttpServletResponse.SC_FORBIDDEN,
              "NO_ROLE",
              "No role here",
              name
                  + " is known, but has neither role "
                  + settings.viewerRole()
                  + " nor "
                  + settings.operatorRole()
                  + ".")
          .send(request, response);
      return;
    }
    new Visitor(name, request.getRemoteAddr(), roles).enter(request);
    chain.doFilter(request, response);
  }
}
