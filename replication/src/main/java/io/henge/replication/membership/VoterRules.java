package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;

/** Who votes: at most one change per slot, never nobody (PROTOCOL 4.1, invariant I3). */
final class VoterRules {

  /** More voters make every decision slower and hardly any failure survivable. */
  static final int MOST_VOTERS = 7;

  private VoterRules() {}

  static boolean add(StateDraft draft, MemberId id) {
    Member member = draft.members.get(id);
    if (draft.voterChanged
        || member == null
        || member.state() != MemberState.ACTIVE
        || !member.voter().able()
        || draft.voters.contains(member.voter().id())
        || draft.voters.size() >= MOST_VOTERS) {
      return false;
    }
    draft.voters.add(member.voter().id());
    draft.voterChanged = true;
    return true;
  }

  /** Ends the seat of a voter, named by the id under which it votes. */
  static boolean remove(StateDraft draft, MemberId id) {
    if (draft.voterChanged || draft.voters.size() < 2 || !draft.voters.contains(id)) {
      return false;
    }
    draft.voters.remove(id);
    draft.voterChanged = true;
    return true;
  }
}
