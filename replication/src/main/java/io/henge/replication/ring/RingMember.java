package io.henge.replication.ring;

import io.henge.replication.topology.MemberId;
import java.util.Objects;

/**
 * A member that may hold replicas.
 *
 * @param id its incarnation
 * @param zone the failure domain's label; members with equal labels fail together, the empty label
 *     is a zone like any other
 * @param weight its share relative to the others, positive and finite; 1 is usual
 */
public record RingMember(MemberId id, String zone, double weight) {

  public RingMember {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(zone, "zone");
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The weight of member " + id + " must be positive and finite, but is " + weight + ".");
    }
  }
}
