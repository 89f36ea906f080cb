package io.henge.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedAnswersTest {

  private long now = -7;
  private final SharedAnswers answers = new SharedAnswers(() -> now, String::valueOf);
  private final AtomicInteger readings = new AtomicInteger();

  private String ask(String question) {
    return answers.json(question, () -> List.of(question, readings.incrementAndGet()));
  }

  @Test
  void oneReadingAnswersEverybodyForASecond() {
    assertThat(ask("carts")).isEqualTo("[carts, 1]");
    now += TimeUnit.MILLISECONDS.toNanos(999);
    assertThat(ask("carts")).isEqualTo("[carts, 1]");
    assertThat(ask("prices")).isEqualTo("[prices, 2]");
    now += TimeUnit.MILLISECONDS.toNanos(1);
    assertThat(ask("carts")).isEqualTo("[carts, 3]");
  }

  @Test
  void anActionHasEverythingReadAfresh() {
    ask("carts");
    answers.forget();
    assertThat(ask("carts")).isEqualTo("[carts, 2]");
  }

  @Test
  void whatFailsIsAskedAgain() {
    IllegalStateException gone = new IllegalStateException("gone");
    assertThatThrownBy(
            () ->
                answers.json(
                    "carts",
                    () -> {
                      throw gone;
                    }))
        .isSameAs(gone);
    assertThat(ask("carts")).isEqualTo("[carts, 1]");
  }
}
