package io.henge.admin.document;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Small views for tests. */
final class Views {

  private Views() {}

  static Member member(String name, String state) {
    return new Member(name, name, "", "", "data", state, true, false, 1, 0, 0, 0);
  }

  static List<Member> members(int count) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(member("m" + i, "active"));
    }
    return members;
  }

  static View view(long slot, int copies, List<Member> members, Partition... partitions) {
    return new View(
        slot,
        Instant.EPOCH,
        "",
        "",
        members.stream().map(Member::id).toList(),
        partitions.length,
        List.of(copies),
        members,
        List.of(partitions),
        "");
  }

  static Partition partition(int number, int inSync, Integer... replicas) {
    return new Partition(number, 0, 7, inSync, List.of(replicas));
  }
}
