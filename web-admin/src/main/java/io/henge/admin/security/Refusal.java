package io.henge.admin.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

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
              "{\"type\":\"about:blank\",\"title\":"
                  + quoted(title)
                  + ",\"status\":"
                  + status
                  + ",\"code\":"
                  + quoted(code)
                  + ",\"detail\":"
                  + quoted(detail)
                  + "}");
    } else {
      response.setContentType("text/plain");
      response.getWriter().write(detail + "\n");
    }
  }

  /** A text as JSON; names of users may hold anything. */
  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
