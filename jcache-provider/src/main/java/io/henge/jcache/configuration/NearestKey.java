package io.henge.jcache.configuration;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Guesses which key somebody meant. */
final class NearestKey {

  private NearestKey() {}

  /** The known key that differs least from {@code key}; empty if none is near. */
  static Optional<String> of(String key) {
    Stream<String> caches =
        key.startsWith(CacheSetting.PREFIX) && key.lastIndexOf('.') > CacheSetting.PREFIX.length()
            ? Stream.of(CacheSetting.values())
                .map(
                    each ->
                        each.key(key.substring(CacheSetting.PREFIX.length(), key.lastIndexOf('.'))))
            : Stream.empty();
    return Stream.concat(Stream.of(Setting.values()).map(Setting::key), caches)
        .map(known -> new Candidate(known, distance(key, known)))
        .filter(
            candidate ->
                candidate.distance <= Math.max(2, key.length() / 3)
                    || lastPart(candidate.key).equals(lastPart(key)))
        .min(Comparator.comparingInt(Candidate::distance))
        .map(Candidate::key);
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Letters to insert, delete or replace (Levenshtein). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }

  private record Candidate(String key, int distance) {}
}
