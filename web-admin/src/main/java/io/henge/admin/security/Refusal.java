package io.henge.admin.security;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A guard's no: a problem document for REST, plain text for people.
 *
 * @param status the HTTP status
 * @param code stable, for programs
 * @param title what was wrong, in a few words
 * @param detail what was wrong and what to do
 */
record Refusal(int status, String code, String title, String detail) {

  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    if (request.getServletPath().startsWith("/api")) {
      response.setContentType("application/problem+json");
      response
          .getWriter()
          .write(
              Json.createObjectBuilder()
                  .add("type", "about:blank")
                  .add("title", title)
                  .add("status", status)
                  .add("code", code)
                  .add("detail", detail)
                  .build()
                  .toString());
    } else {
      response.setContentType("text/plain");
      response.getWriter().write(detail + "\n");
    }
  }
}
