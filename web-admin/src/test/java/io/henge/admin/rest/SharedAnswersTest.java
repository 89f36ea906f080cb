package io.henge.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedAnswersTest {

  private long now = -7;
  private final SharedAnswers answers = new SharedAnswers(() -> now, String::valueOf);
  private final AtomicInteger readings = new AtomicInteger();

  private SharedAnswers.Answer ask(String question, Duration kept) {
    return answers.answer(question, kept, () -> List.of(question, readings.incrementAndGet()));
  }

  private String ask(String question) {
    return ask(question, Duration.ofSeconds(4)).json();
  }

  @Test
  void oneReadingAnswersEverybodyAsLongAsItIsKept() {
    assertThat(ask("carts")).isEqualTo("[carts, 1]");
    now += TimeUnit.MILLISECONDS.toNanos(3999);
    assertThat(ask("carts")).isEqualTo("[carts, 1]");
    assertThat(ask("prices")).isEqualTo("[prices, 2]");
    now += TimeUnit.MILLISECONDS.toNanos(1);
    assertThat(ask("carts")).isEqualTo("[carts, 3]");
    assertThat(ask("prices")).isEqualTo("[prices, 2]");
  }

  @Test
  void eachQuestionIsKeptAsLongAsItSays() {
    ask("checks", Duration.ofSeconds(15));
    now += TimeUnit.SECONDS.toNanos(14);
    ask("carts");
    assertThat(ask("checks", Duration.ofSeconds(15)).json()).isEqualTo("[checks, 1]");
  }

  @Test
  void anAnswerSaysHowOldItIs() {
    assertThat(ask("carts", Duration.ofSeconds(4)).ageMillis(now)).isZero();
    now += TimeUnit.MILLISECONDS.toNanos(1700);
    assertThat(ask("carts", Duration.ofSeconds(4)).ageMillis(now)).isEqualTo(1700);
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
                answers.answer(
                    "carts",
                    Duration.ofSeconds(4),
                    () -> {
                      throw gone;
                    }))
        .isSameAs(gone);
    assertThat(ask("carts")).isEqualTo("[carts, 1]");
  }
}
