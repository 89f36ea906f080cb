package io.henge.admin.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnMemberTest {

  private static final AtomicInteger JOINED = new AtomicInteger();

  /** Stands for the engine's class. */
  public static final class Joined implements AutoCloseable {
    public Joined() {
      JOINED.incrementAndGet();
    }

    @Override
    public void close() {
      JOINED.decrementAndGet();
    }
  }

  /** An engine that does not start. */
  public static final class Refused implements AutoCloseable {
    public Refused() {
      throw new IllegalArgumentException("henge.lease is 0");
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void nobodyStays() {
    assertThat(JOINED).hasValue(0);
  }

  @Test
  void itIsAMemberUntilTheConsoleGoes() {
    OwnMember own = new OwnMember(Joined.class.getName());
    own.join();
    assertThat(JOINED).hasValue(1);
    assertThat(own.problem()).isEmpty();
    own.leave();
    own.leave();
  }

  @Test
  void withoutBeingToldToItDoesNotJoin() {
    OwnMember own = new OwnMember(Joined.class.getName());
    own.onStart(this);
    assertThat(own.problem()).isEmpty();
    own.leave();
  }

  @Test
  void whoForgotTheEngineIsToldWhereItHasToBe() {
    OwnMember own = new OwnMember();
    own.join();
    assertThat(own.problem()).contains("henge.console.join", "witness.jar into WEB-INF/lib");
    own.leave();
  }

  @Test
  void whyItCannotStartIsToldInItsOwnWords() {
    OwnMember own = new OwnMember(Refused.class.getName());
    own.join();
    assertThat(own.problem()).endsWith("cannot: henge.lease is 0");
    own.leave();
  }
}
