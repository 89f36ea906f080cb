package io.henge.admin.drill;

import io.henge.admin.cluster.Probe;
import java.time.Instant;

/**
 * {@code GET /drills}: a drill, while it runs or afterwards. Milliseconds count from its beginning
 * and are null until they are known.
 *
 * @param id its number on this console
 * @param kind drain, pause, cut or crash
 * @param member the member that suffers it
 * @param memberId its id
 * @param who who began it
 * @param at when it began
 * @param slot the view that it began with
 * @param state draining, paused, cut or crashed, then returning, then over
 * @param verdict one plain sentence; empty while it runs
 * @param passed whether it went as expected; null while it runs
 * @param expected what was foretold
 * @param handedOverMs when the member led no partition any more; null but for a drain
 * @param emptyMs when it held none; null but for a drain
 * @param returnedMs when it held some again and every partition had all of its copies
 * @param fewestCopies the fewest in-sync copies that any partition had meanwhile
 * @param failovers failovers that began meanwhile
 * @param suspendedMs when the member was taken for silent; null for a drain
 * @param primariesMoved primaries that the failover moved; null for a drain
 * @param partitionsLost partitions that it lost; null for a drain
 * @param pauseMs from the first suspicion until writes went on; null for a drain
 * @param probe what the probe saw; null while the drill runs, and if none could begin
 */
public record DrillReport(
    long id,
    String kind,
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
    int failovers,
    Double suspendedMs,
    Integer primariesMoved,
    Integer partitionsLost,
    Double pauseMs,
    Probe probe) {

  /**
   * What was foretold.
   *
   * @param primaries primaries that move
   * @param copies copies that are made elsewhere
   * @param fewestCopies the fewest in-sync copies that any partition had at the beginning: a drain
   *     makes the new copy before it takes the old one
   * @param pauseMs the longest pause of writes in the last failovers; null if unknown
   */
  public record Expected(int primaries, int copies, int fewestCopies, Double pauseMs) {}
}
