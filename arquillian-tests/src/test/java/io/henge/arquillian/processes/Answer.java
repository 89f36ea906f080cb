package io.henge.arquillian.processes;

/**
 * How a worker's command ended: the three ways that a caller of a cache can tell apart.
 *
 * @param kind done, refused or unknown
 * @param text the result if done, null for none; otherwise the error's words
 */
public record Answer(Kind kind, String text) {

  /** The three ways. */
  public enum Kind {
    /** It took effect exactly once. */
    DONE,
    /** It had no effect and never will. */
    REFUSED,
    /** It may have had its effect, or may have it yet. */
    UNKNOWN
  }

  private static final String NOTHING = "-";

  /** As one line, after the command's number. */
  String encoded() {
    return kind + "\t" + (text == null ? NOTHING : text.replaceAll("\\s+", " "));
  }

  static Answer decoded(String kind, String text) {
    return new Answer(Kind.valueOf(kind), text.equals(NOTHING) ? null : text);
  }
}
