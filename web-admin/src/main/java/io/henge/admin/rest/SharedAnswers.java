package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers that pages ask for again and again: each is made and written as JSON once for all who
 * look, and kept for a while. Every answer says how old it is, so that a page can tell when its
 * figures were true. Thread-safe.
 */
@ApplicationScoped
public class SharedAnswers {

  /** The header with an answer's age in milliseconds. */
  static final String AGE = "X-Henge-Age";

  /** Pages ask for figures every five seconds: none of them gets the same ones twice. */
  static final Duration FIGURES = Duration.ofSeconds(4);

  /** Pages ask for what changes slowly every thirty seconds. */
  static final Duration SLOW = Duration.ofSeconds(15);

  /** An answer as it was written. */
  record Answer(long madeAt, long keptNanos, String json) {

    boolean isFresh(long now) {
      return now - madeAt < keptNanos;
    }

    long ageMillis(long now) {
      return TimeUnit.NANOSECONDS.toMillis(Math.max(0, now - madeAt));
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
   * What is asked of a cluster, which is another question as soon as its view is another.
   *
   * @param kept how long everybody gets the same answer
   */
  Response answer(ClusterBean bean, String what, Duration kept, Supplier<Object> reading) {
    Answer answer = answer(String.join(" ", bean.key(), bean.viewVersion(), what), kept, reading);
    return Response.ok(answer.json()).header(AGE, answer.ageMillis(clock.getAsLong())).build();
  }

  /**
   * The answer to a question. Who asks while it is made waits for it; what {@code reading} throws
   * is thrown to the caller and not kept.
   *
   * @param kept how long everybody gets this one
   */
  Answer answer(String question, Duration kept, Supplier<Object> reading) {
    long now = clock.getAsLong();
    answers.values().removeIf(answer -> !answer.isFresh(now));
    return answers.computeIfAbsent(
        question, asked -> new Answer(now, kept.toNanos(), json.apply(reading.get())));
  }

  /** Has everything read afresh: an action may have changed it. */
  void forget() {
    answers.clear();
  }
}
