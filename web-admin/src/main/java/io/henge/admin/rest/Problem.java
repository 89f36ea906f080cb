package io.henge.admin.rest;

/**
 * An error as RFC 9457 has it.
 *
 * @param type always about:blank: the code tells the kind
 * @param title what was wrong, in a few words
 * @param status the HTTP status
 * @param code stable, for programs
 * @param detail what was wrong, where, and what to do
 */
public record Problem(String type, String title, int status, String code, String detail) {

  /** The media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(int status, String code, String title, String detail) {
    return new Problem("about:blank", title, status, code, detail);
  }
}
