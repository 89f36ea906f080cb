package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.Set;

/**
 * Who votes and who learns, as of one slot. The configuration in force after slot i decides slot i
 * + 1 (alpha = 1; "Reconfiguring a State Machine", MSR-TR-2008-193).
 *
 * @param voters the acceptors, sorted; never empty
 * @param learners the members that get every chosen slot and do not vote, sorted
 */
public record Configuration(List<MemberId> voters, List<MemberId> learners) {

  public Configuration {
    voters = voters.stream().sorted().distinct().toList();
    learners = learners.stream().sorted().distinct().toList();
  }

  /** Tells whether {@code members} holds a majority of the voters. */
  public boolean isQuorum(Set<MemberId> members) {
    int count = 0;
    for (MemberId voter : voters) {
      if (members.contains(voter)) {
        count++;
      }
    }
    return count > voters.size() / 2;
  }
}
