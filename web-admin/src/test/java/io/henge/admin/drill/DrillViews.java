package io.henge.admin.drill;

import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.Phase;
import io.henge.admin.cluster.View;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Views of three members, of which a suffers the drill. */
final class DrillViews {

  private DrillViews() {}

  static View view(long slot, String state, int primaries, int backups, Partition... partitions) {
    return new View(
        slot,
        Instant.EPOCH,
        "",
        "",
        List.of("a", "b", "c"),
        partitions.length,
        List.of(2),
        List.of(
            member("a", state, primaries, backups),
            member("b", "active", 1, 1),
            member("c", "active", 1, 1)),
        List.of(partitions),
        "");
  }

  /** A drill of the first member, at time 0. */
  static DrillStart start(long id, View whole) {
    return new DrillStart(id, whole.members().get(0), "ada", Instant.EPOCH, whole, 0);
  }

  static Member member(String name, String state, int primaries, int backups) {
    return new Member(name, name, "", "", "data", state, true, false, 1, primaries, backups, 0);
  }

  static Partition partition(int number, int... replicas) {
    return new Partition(number, 0, 1, replicas.length, Arrays.stream(replicas).boxed().toList());
  }

  /** A failover of a member in which writes paused for 540 ms. */
  static Failover failover(String member, int lost) {
    return new Failover(
        11,
        member,
        member,
        "SILENT",
        "",
        "b",
        Instant.EPOCH,
        false,
        1,
        2,
        0,
        lost,
        0,
        null,
        List.of(new Phase("promote", 500, 540, 11), new Phase("replicate", 540, -1, -1)));
  }
}
