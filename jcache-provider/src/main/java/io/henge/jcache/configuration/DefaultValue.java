package io.henge.jcache.configuration;

import java.util.Optional;

/**
 * What holds where a setting is not made.
 *
 * @param text the value, as one would write it; empty if there is none, or if it is worked out
 * @param words for people, with literals between backquotes
 */
record DefaultValue(Optional<String> text, String words) {

  /** A value that one could write as well. */
  static DefaultValue of(String text) {
    return new DefaultValue(Optional.of(text), "`" + text + "`");
  }

  /** A value that one could write as well, and the same for people. */
  static DefaultValue of(String text, String meaning) {
    return new DefaultValue(Optional.of(text), "`" + text + "` (" + meaning + ")");
  }

  /** None, or one that depends on other things. */
  static DefaultValue described(String words) {
    return new DefaultValue(Optional.empty(), words);
  }
}
