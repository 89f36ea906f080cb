package io.henge.admin.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A request and what a filter did with it. */
final class Exchange {

  final Map<String, Object> answers =
      new HashMap<>(
          Map.of(
              "getRemoteAddr", "127.0.0.1",
              "getServerName", "localhost",
              "getMethod", "GET",
              "getServletPath", "/index.html",
              "getContextPath", "/henge",
              "isSecure", false));
  final Map<String, String> headers = new HashMap<>();
  final Map<String, Object> attributes = new HashMap<>();
  final Map<String, String> sent = new HashMap<>();
  final StringWriter written = new StringWriter();
  Set<String> roles = Set.of();
  int status = 200;
  boolean passed;

  Exchange user(String name, String... itsRoles) {
    answers.put("getUserPrincipal", (Principal) () -> name);
    roles = Set.of(itsRoles);
    return this;
  }

  Exchange with(String method, Object answer) {
    answers.put(method, answer);
    return this;
  }

  Exchange header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  HttpServletRequest request() {
    return proxy(
        HttpServletRequest.class,
        (name, arguments) ->
            switch (name) {
              case "getHeader" -> headers.get((String) arguments[0]);
              case "getContentType" -> headers.get("Content-Type");
              case "getAttribute" -> attributes.get((String) arguments[0]);
              case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
              case "isUserInRole" -> roles.contains((String) arguments[0]);
              default -> answers.get(name);
            });
  }

  HttpServletResponse response() {
    return proxy(
        HttpServletResponse.class,
        (name, arguments) -> {
          switch (name) {
            case "setStatus" -> status = (int) arguments[0];
            case "setHeader" -> sent.put((String) arguments[0], (String) arguments[1]);
            case "sendRedirect" -> sent.put("Location", (String) arguments[0]);
            default -> {
              return name.equals("getWriter") ? new PrintWriter(written) : null;
            }
          }
          return null;
        });
  }

  private interface Answer {
    Object of(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.of(method.getName(), arguments)));
  }
}
