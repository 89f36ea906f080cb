package io.henge.replication.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

  @Test
  void aQuorumIsMoreThanHalfOfTheVotersAndNobodyElseCounts() {
    Configuration four = new Configuration(members(0b1111), members(0b110000));

    assertThat(four.isQuorum(new HashSet<>(members(0b0011)))).isFalse();
    assertThat(four.isQuorum(new HashSet<>(members(0b0111)))).isTrue();
    assertThat(four.isQuorum(new HashSet<>(members(0b110011)))).isFalse();
    assertThat(new Configuration(List.of(), List.of()).isQuorum(Set.of())).isFalse();
  }

  @Test
  void majoritiesMeetWhenAtMostOneVoterChanges() {
    for (int before = 1; before < 1 << 7; before++) {
      for (int changed = 0; changed < 7; changed++) {
        int after = before ^ (1 << changed);
        assertThat(disjointMajorities(before, before)).isFalse();
        assertThat(after != 0 && disjointMajorities(before, after)).isFalse();
      }
    }
  }

  @Test
  void majoritiesMayMissEachOtherWhenTwoVotersChange() {
    assertThat(disjointMajorities(0b0011, 0b1100)).isTrue();
    assertThat(disjointMajorities(0b0111, 0b11100)).isTrue();
  }

  private static boolean disjointMajorities(int before, int after) {
    Configuration left = new Configuration(members(before), List.of());
    Configuration right = new Configuration(members(after), List.of());
    // The first quorum takes what it needs from those who are only in "before", and so forth.
    int common = Integer.bitCount(before & after);
    for (int given = 0; given <= common; given++) {
      Set<MemberId> first = new HashSet<>(members(before & ~after));
      Set<MemberId> second = new HashSet<>(members(after & ~before));
      List<MemberId> shared = members(before & after);
      first.addAll(shared.subList(0, given));
      second.addAll(shared.subList(given, common));
      if (left.isQuorum(first) && right.isQuorum(second)) {
        return true;
      }
    }
    return false;
  }

  private static List<MemberId> members(int bits) {
    List<MemberId> members = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      if ((bits >>> i & 1) == 1) {
        members.add(new MemberId(0, i + 1L));
      }
    }
    return members;
  }
}
