package io.henge.admin.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoginLimiterTest {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final LoginLimiter limiter = new LoginLimiter();

  private void fail(int times, long now, String name, String address) {
    for (int i = 0; i < times; i++) {
      limiter.failed(now, name, address);
    }
  }

  @Test
  void fiveFailuresOfANameFromAnAddressAreEnoughForAMinute() {
    fail(4, 0, "ada", "a");
    assertThat(limiter.isLimited(0, "ada", "a")).isFalse();
    fail(1, MINUTE - 1, "ada", "a");
    assertThat(limiter.isLimited(MINUTE - 1, "ada", "a")).isTrue();
    assertThat(limiter.isLimited(MINUTE, "ada", "a")).isFalse();
  }

  @Test
  void aFewTriesElsewhereDoNotLockAUserOut() {
    fail(50, 0, "ada", "elsewhere");
    assertThat(limiter.isLimited(0, "ada", "home")).isFalse();
    fail(50, 0, "ada", "third");
    assertThat(limiter.isLimited(0, "ada", "home")).isTrue();
  }

  @Test
  void manyNamesFromOneAddressAreLimitedToo() {
    for (int i = 0; i < 50; i++) {
      limiter.failed(0, "n" + i, "a");
    }
    assertThat(limiter.isLimited(0, "new", "a")).isTrue();
    assertThat(limiter.isLimited(0, "new", "b")).isFalse();
  }

  @Test
  void aSuccessForgetsWhatTheUserMistyped() {
    fail(4, 0, "ada", "a");
    limiter.succeeded("ada", "a");
    fail(4, 0, "ada", "a");
    assertThat(limiter.isLimited(0, "ada", "a")).isFalse();
  }
}
