package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the member that speaks for a voter. For a volatile voter that is the member of the same id;
 * a durable voter is found at the latest incarnation that held its directory, which introduces
 * itself before the log knows of it.
 */
final class Seats {

  /** More directories than this are never met by one member. */
  private static final int MOST = 4096;

  private final Map<MemberId, Member> hosts = new HashMap<>();
  private final Map<MemberId, MemberId> voters = new HashMap<>();

  /** A member said, or the log says, under which id it votes. */
  void learn(Member member) {
    VoterIdentity voter = member.voter();
    if (!voter.durable()) {
      return;
    }
    Member known = hosts.get(voter.id());
    if (known == null ? hosts.size() < MOST : known.voter().start() < voter.start()) {
      hosts.put(voter.id(), member);
    }
    if (voters.size() < MOST) {
      voters.put(member.id(), voter.id());
    }
  }

  /** The member to write to when the voter is meant. */
  MemberId memberOf(MemberId voter) {
    Member host = hosts.get(voter);
    return host == null ? voter : host.id();
  }

  /** The voter that a member speaks for, its own id if nothing else is known. */
  MemberId voterOf(MemberId member) {
    return voters.getOrDefault(member, member);
  }
}
