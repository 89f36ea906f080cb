package io.henge.jcache.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads names of classes and packages. */
final class ClassPatterns {

  private static final Pattern CLASSES =
      Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*(\\.\\*{1,2})?");

  private ClassPatterns() {}

  /** The patterns, in the order of the text; empty if one of them is none. */
  static Optional<List<String>> parse(String text) {
    List<String> patterns = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String pattern = part.trim();
      if (!CLASSES.matcher(pattern).matches()) {
        return Optional.empty();
      }
      patterns.add(pattern);
    }
    return Optional.of(patterns);
  }
}
