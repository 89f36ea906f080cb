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
        || member.role() == MemberRole.LITE
        || draft.voters.contains(id)
        || draft.voters.size() >= MOST_VOTERS) {
      return false;
    }
    draft.voters.add(id);
    draft.voterChanged = true;
    return true;
  }

  static boolean remove(StateDraft draft, MemberId id) {
    if (draft.voterChanged || draft.voters.size() < 2 || !draft.voters.contains(id)) {
      return false;
    }
    draft.voters.remove(id);
    draft.voterChanged = true;
    return true;
  }
}
