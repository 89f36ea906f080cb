package io.henge.admin.document;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;

/**
 * The Paxos leader.
 *
 * @param i its position among the members, -1 if it is not among them
 * @param id its id
 * @param name its name; empty if it is not a member
 * @param ballot its ballot; empty if unknown
 */
public record Leader(int i, String id, String name, String ballot) {

  /** The leader of a view, or null while none is known. */
  public static Leader of(View view) {
    if (view.leaderId().isEmpty()) {
      return null;
    }
    Member member = view.member(view.leaderId());
    int position = member == null ? -1 : view.members().indexOf(member);
    String name = member == null ? "" : member.name();
    return new Leader(position, view.leaderId(), name, view.ballot());
  }
}
