package io.henge.replication.routing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a cache's reads choose among the in-sync copies of a partition. Local to the member that
 * reads: members need not agree.
 */
public enum ReadPolicy {
  /** This member's copy if it has one, otherwise the faster of two others drawn by lot. */
  LOCAL_FIRST,
  /** Always the primary. */
  PRIMARY,
  /** One copy after the other. */
  ROUND_ROBIN,
  /** Any copy, all with the same chance. */
  RANDOM,
  /** Any copy, so that each member's share of all reads follows its weight. */
  WEIGHTED,
  /** The copy with the lower expected response time among two: this member's, if it has one. */
  LEAST_RESPONSE_TIME;

  /** The name in settings: lower case, with hyphens. */
  public String settingName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The policy with a name in settings, or empty. */
  public static Optional<ReadPolicy> of(String settingName) {
    return Arrays.stream(values())
        .filter(policy -> policy.settingName().equals(settingName))
        .findFirst();
  }
}
