package io.henge.admin.document;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;
import java.util.ArrayList;
import java.util.List;

/**
 * A member, with its position in the view.
 *
 * @param i the position that partitions name it by
 * @param id its incarnation
 * @param name its name
 * @param address where its transport listens, host:port
 * @param zone its failure domain; empty if none
 * @param role data, lite or witness
 * @param state joining, active, suspended or draining
 * @param voter whether it votes
 * @param leader whether it leads the voters
 * @param self whether it is the member that answers
 * @param weight its share of partitions, 1 is usual
 * @param primaries partitions it is primary of
 * @param backups partitions it is an in-sync backup of
 * @param learners partitions it is catching up with
 */
public record MemberDocument(
    int i,
    String id,
    String name,
    String address,
    String zone,
    String role,
    String state,
    boolean voter,
    boolean leader,
    boolean self,
    double weight,
    int primaries,
    int backups,
    int learners) {

  /** The members of a view. */
  public static List<MemberDocument> of(View view) {
    List<MemberDocument> documents = new ArrayList<>(view.members().size());
    for (Member member : view.members()) {
      documents.add(
          new MemberDocument(
              documents.size(),
              member.id(),
              member.name(),
              member.address(),
              member.zone(),
              member.role(),
              member.state(),
              member.voter(),
              member.id().equals(view.leaderId()),
              member.self(),
              member.weight(),
              member.primaries(),
              member.backups(),
              member.learners()));
    }
    return documents;
  }
}
