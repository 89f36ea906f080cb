package io.henge.replication.membership;

import static io.henge.replication.membership.NodeBootstrap.AUTO;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Members that say goodbye without having been drained. */
class GoodbyeTest {

  private final ControlNetwork network = new ControlNetwork(3);

  @Test
  void aVoterThatSaidGoodbyeDoesNotGetItsSeatBackFromTheNextLeader() {
    List<ControlNode> nodes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      nodes.add(network.start(Character.toString('a' + i), AUTO));
    }
    await(() -> nodes.stream().allMatch(each -> each.state() != null && voters(each) == 5), 30_000);
    ControlNode leader =
        nodes.stream().filter(each -> each.plane.leading()).findFirst().orElseThrow();
    ControlNode leaver = nodes.stream().filter(each -> each != leader).findFirst().orElseThrow();
    List<ControlNode> others =
        nodes.stream().filter(each -> each != leader && each != leaver).toList();

    leaver.plane.leave(leaver.clock());
    await(() -> others.stream().allMatch(each -> !each.state().votes(leaver.id())), 2_000);
    assertThat(others).allMatch(each -> each.stateOf(leaver) != null);
    others.forEach(each -> each.decided.clear());
    leader.alive = false; // nobody is told: its seat stays for a while

    await(() -> others.stream().allMatch(each -> each.stateOf(leaver) == null), 10_000);
    assertThat(others.get(0).decided)
        .noneMatch(
            command -> command instanceof Command.AddVoter add && add.member().equals(leaver.id()));
  }

  private static int voters(ControlNode node) {
    return node.state().voters().size();
  }

  private void await(BooleanSupplier condition, long millis) {
    assertThat(network.runUntil(condition, millis)).isTrue();
  }
}
