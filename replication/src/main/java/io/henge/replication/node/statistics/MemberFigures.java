package io.henge.replication.node.statistics;

import java.util.List;

/**
 * What a member told.
 *
 * @param askedAt when it was asked for, in nanoseconds of this member's clock: the figures are no
 *     older
 * @param figures one for each of its caches
 */
public record MemberFigures(long askedAt, List<CacheFigures> figures) {

  /** The figures of a cache; none if the member did not know it. */
  public CacheFigures of(String cache) {
    return figures.stream()
        .filter(each -> each.cache().equals(cache))
        .findFirst()
        .orElseGet(() -> CacheFigures.none(cache));
  }
}
