package io.henge.jcache.configuration;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** Reads how long entries live. */
final class ExpiryText {

  private static final java.time.Duration LONGEST = java.time.Duration.ofDays(36_500);

  private ExpiryText() {}

  /** The policy that a text means, or empty if it is none. */
  static Optional<Factory<? extends ExpiryPolicy>> parse(String text) {
    if (text.equals("eternal")) {
      return Optional.of(EternalExpiryPolicy.factoryOf());
    }
    String[] words = text.split(" ", 2);
    if (words.length < 2) {
      return Optional.empty();
    }
    return Durations.parse(words[1].trim())
        .filter(each -> !each.isNegative() && !each.isZero())
        .filter(each -> each.compareTo(LONGEST) <= 0)
        .map(each -> new Duration(TimeUnit.MILLISECONDS, Math.max(1, each.toMillis())))
        .flatMap(duration -> after(words[0], duration));
  }

  private static Optional<Factory<? extends ExpiryPolicy>> after(String what, Duration duration) {
    return switch (what) {
      case "created" -> Optional.of(CreatedExpiryPolicy.factoryOf(duration));
      case "modified" -> Optional.of(ModifiedExpiryPolicy.factoryOf(duration));
      case "accessed" -> Optional.of(AccessedExpiryPolicy.factoryOf(duration));
      case "touched" -> Optional.of(TouchedExpiryPolicy.factoryOf(duration));
      default -> Optional.empty();
    };
  }
}
