package io.henge.admin.drill;

import java.time.Instant;

/**
 * {@code GET /drills}: a drain drill, while it runs or afterwards. Milliseconds count from its
 * beginning and are null until they are known.
 *
 * @param id its number on this console
 * @param member the member that is drained
 * @param memberId its id
 * @param who who began it
 * @param at when it began
 * @param slot the view that it began with
 * @param state draining, returning or over
 * @param verdict one plain sentence; empty while it runs
 * @param passed whether it went as expected; null while it runs
 * @param expected what was foretold
 * @param handedOverMs when the member led no partition any more
 * @param emptyMs when it held none
 * @param returnedMs when it held some again and every partition had all of its copies
 * @param fewestCopies the fewest in-sync copies that any partition had meanwhile
 * @param failovers failovers that began meanwhile
 */
public record DrillReport(
    long id,
    String member,
    String memberId,
    String who,
    Instant at,
    long slot,
    String state,
    String verdict,
    Boolean passed,
    Expected expected,
    Double handedOverMs,
    Double emptyMs,
    Double returnedMs,
    int fewestCopies,
    int failovers) {

  /**
   * What was foretold.
   *
   * @param primaries primaries that move
   * @param copies copies that are made elsewhere
   * @param fewestCopies the fewest in-sync copies that any partition had at the beginning: a drain
   *     makes the new copy before it takes the old one
   */
  public record Expected(int primaries, int copies, int fewestCopies) {}
}
