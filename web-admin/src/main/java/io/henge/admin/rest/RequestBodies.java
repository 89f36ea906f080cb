package io.henge.admin.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;

/** Reads the bodies of requests, and says plainly what is wrong with one. */
@ApplicationScoped
public class RequestBodies {

  private final Jsonb json = JsonbBuilder.create();

  /**
   * Reads a body.
   *
   * @param shape what the body has to look like, for the refusal
   */
  <T> T read(String body, Class<T> type, String shape) {
    try {
      T value = body == null || body.isBlank() ? null : json.fromJson(body, type);
      if (value == null) {
        throw malformed(shape);
      }
      return value;
    } catch (JsonbException | ClassCastException malformed) {
      throw malformed(shape);
    }
  }

  static ProblemException malformed(String shape) {
    return new ProblemException(
        Problem.of(400, "BAD_BODY", "The body cannot be read", "Send " + shape + "."));
  }
}
