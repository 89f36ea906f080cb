package io.henge.admin.document;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.Phase;
import io.henge.admin.cluster.View;
import io.henge.admin.cluster.WhatIf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code POST /whatif}: what would happen if members stopped.
 *
 * @param slot the state that it is about
 * @param how crash or drain
 * @param stop names of the members
 * @param quorum the voters then
 * @param lost partitions that would lose their last in-sync copy
 * @param oneCopy other partitions that would be left with one
 * @param reduced partitions that would have fewer in-sync copies, the lost ones not among them
 * @param promote primaries that would change
 * @param promotions of these, the partitions' numbers and the new primaries' positions
 * @param rebuild copies that would be made
 * @param pause what the last failovers took, null if there was none
 * @param loadAfter how many partitions each member left would lead
 * @param refusal one plain sentence on what stands against it; empty if nothing does
 */
public record WhatIfDocument(
    long slot,
    String how,
    List<String> stop,
    QuorumAfter quorum,
    List<Integer> lost,
    List<Integer> oneCopy,
    int reduced,
    int promote,
    List<List<Integer>> promotions,
    Rebuild rebuild,
    Pause pause,
    List<Load> loadAfter,
    String refusal) {

  private static final int FAILOVERS_FOR_ESTIMATE = 5;

  /**
   * The voters then.
   *
   * @param kept whether a majority would be left
   * @param up voters that would be left
   * @param of all voters
   */
  public record QuorumAfter(boolean kept, int up, int of) {}

  /**
   * Copies that would be made.
   *
   * @param copies how many
   * @param entries entries in them, estimated; 0 if unknown
   * @param bytes bytes in them, estimated; 0 if unknown
   */
  public record Rebuild(int copies, long entries, long bytes) {}

  /**
   * What writes to a failed primary's partitions waited.
   *
   * @param estimate the longest of the last failovers, in milliseconds
   * @param failovers how many it is taken from
   */
  public record Pause(double estimate, int failovers) {}

  /**
   * A member's share then.
   *
   * @param member its name
   * @param id its id
   * @param primaries partitions it would lead
   * @param now partitions it leads now
   */
  public record Load(String member, String id, int primaries, int now) {}

  /** Describes an outlook. */
  public static WhatIfDocument of(WhatIf outlook, View view, List<Failover> failovers) {
    Set<String> left = new HashSet<>(outlook.memberIds());
    List<List<Integer>> promotions = new ArrayList<>();
    for (WhatIf.Move move : outlook.moves()) {
      if (move.kind().equals("primary")) {
        promotions.add(List.of(move.partition(), position(move.toId(), view)));
      }
    }
    return new WhatIfDocument(
        outlook.slot(),
        outlook.how(),
        view.members().stream()
            .filter(member -> member.holdsData() && !left.contains(member.id()))
            .map(Member::name)
            .toList(),
        new QuorumAfter(outlook.majorityKept(), outlook.votersUp(), outlook.voters()),
        outlook.lost(),
        outlook.singleCopy(),
        outlook.reduced().size(),
        promotions.size(),
        promotions,
        new Rebuild(
            outlook.moves().size() - promotions.size(),
            outlook.entriesToCopy(),
            outlook.bytesToCopy()),
        pause(failovers),
        loads(outlook, view),
        outlook.refusal());
  }

  private static Pause pause(List<Failover> failovers) {
    List<Double> pauses =
        failovers.stream()
            .limit(FAILOVERS_FOR_ESTIMATE)
            .map(WhatIfDocument::pauseOf)
            .filter(pause -> pause >= 0)
            .toList();
    return pauses.isEmpty()
        ? null
        : new Pause(pauses.stream().mapToDouble(pause -> pause).max().orElse(0), pauses.size());
  }

  /** From the first suspicion until writes went on; negative while that is open. */
  public static double pauseOf(Failover failover) {
    double end = -1;
    for (Phase phase : failover.phases()) {
      if (!phase.name().equals("replicate")) {
        if (phase.running()) {
          return -1;
        }
        end = Math.max(end, phase.toMillis());
      }
    }
    return end;
  }

  private static List<Load> loads(WhatIf outlook, View view) {
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < outlook.memberIds().size(); i++) {
      String id = outlook.memberIds().get(i);
      Member member = view.member(id);
      loads.add(
          new Load(
              member == null ? id : member.name(),
              id,
              i < outlook.primaries().size() ? outlook.primaries().get(i) : 0,
              member == null ? 0 : leads(member, view)));
    }
    return loads;
  }

  private static int leads(Member member, View view) {
    int position = view.members().indexOf(member);
    int count = 0;
    for (Partition partition : view.partitions()) {
      boolean led = partition.inSync() > 0 && partition.replicas().get(0) == position;
      count += led ? 1 : 0;
    }
    return count;
  }

  private static int position(String id, View view) {
    Member member = view.member(id);
    return member == null ? -1 : view.members().indexOf(member);
  }
}
