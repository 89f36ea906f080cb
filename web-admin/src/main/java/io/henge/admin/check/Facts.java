package io.henge.admin.check;

import io.henge.admin.cluster.CacheInfo;
import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Identity;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;
import io.henge.admin.document.Counts;
import java.util.List;

/**
 * What the checks look at.
 *
 * @param identity who answers, and how it is
 * @param view members, voters and partitions
 * @param counts figures of the view
 * @param caches the caches
 * @param failovers the failovers, newest first
 */
public record Facts(
    Identity identity, View view, Counts counts, List<CacheInfo> caches, List<Failover> failovers) {

  public Facts {
    caches = List.copyOf(caches);
    failovers = List.copyOf(failovers);
  }

  /** Facts about a view. */
  public static Facts of(
      Identity identity, View view, List<CacheInfo> caches, List<Failover> failovers) {
    return new Facts(identity, view, Counts.of(view), caches, failovers);
  }

  List<Member> dataMembers() {
    return view.members().stream().filter(Member::holdsData).toList();
  }

  List<Member> inState(String state) {
    return view.members().stream().filter(member -> member.state().equals(state)).toList();
  }

  /** The most copies that any group wants. */
  int wantedCopies() {
    int most = 1;
    for (int group = 0; group < view.groupCopies().size(); group++) {
      most = Math.max(most, view.wantedCopies(group));
    }
    return most;
  }

  static String names(List<Member> members) {
    return String.join(", ", members.stream().map(Member::name).toList());
  }
}
