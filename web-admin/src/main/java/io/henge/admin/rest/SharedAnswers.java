package io.henge.admin.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.JsonbBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers that pages ask for every other second: each is made and written as JSON at most once a
 * second, however many look. Thread-safe.
 */
@ApplicationScoped
public class SharedAnswers {

  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Answer(long madeAt, String json) {

    boolean isFresh(long now) {
      return now - madeAt < KEPT_NANOS;
    }
  }

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final LongSupplier clock;
  private final Function<Object, String> json;

  /** Creates it, for the container. */
  public SharedAnswers() {
    this(System::nanoTime, JsonbBuilder.create()::toJson);
  }

  SharedAnswers(LongSupplier clock, Function<Object, String> json) {
    this.clock = clock;
    this.json = json;
  }

  /**
   * The answer to a question as JSON. Who asks while it is made waits for it; what {@code reading}
   * throws is thrown to the caller and not kept.
   */
  String json(String question, Supplier<Object> reading) {
    long now = clock.getAsLong();
    answers.values().removeIf(answer -> !answer.isFresh(now));
    return answers
        .computeIfAbsent(question, asked -> new Answer(now, json.apply(reading.get())))
        .json();
  }

  /** Has everything read afresh: an action may have changed it. */
  void forget() {
    answers.clear();
  }
}
