package io.henge.admin.drill;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;
import java.time.Instant;

/**
 * How every drill begins.
 *
 * @param id its number on this console
 * @param member who suffers it
 * @param who who began it
 * @param at when
 * @param before the view before it
 * @param nanos the same moment on any clock that only goes forward
 */
record DrillStart(long id, Member member, String who, Instant at, View before, long nanos) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** Milliseconds since the beginning. */
  double millis(long now) {
    return (now - nanos) / NANOS_PER_MILLI;
  }
}
