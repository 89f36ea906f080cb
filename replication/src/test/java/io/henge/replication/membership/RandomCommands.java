package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.ReplicationMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Draws commands that often fit a state and sometimes do not. */
final class RandomCommands {

  private final Random random;
  private long drawn = 100;

  RandomCommands(Random random) {
    this.random = random;
  }

  List<Command> batch(ClusterState state) {
    List<Command> batch = new ArrayList<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      batch.add(next(state));
    }
    return batch;
  }

  private Command next(ClusterState state) {
    int partitions = Math.max(1, state.partitionCount());
    int number = random.nextInt(partitions);
    long epoch =
        number < state.partitionCount() && random.nextInt(5) > 0
            ? state.partition(number).epoch()
            : random.nextInt(10);
    MemberId member = someone(state);
    return switch (random.nextInt(20)) {
      case 0, 1 -> new Command.AddMember(States.member(new MemberId(1, drawn++)));
      case 2, 3 -> new Command.ActivateMember(member);
      case 4 -> new Command.Suspend(member, States.reason(random.nextBoolean()));
      case 5, 6 -> new Command.Resume(member);
      case 7 -> new Command.RemoveMember(member, States.reason(random.nextBoolean()));
      case 8 ->
          switch (random.nextInt(4)) {
            case 0 -> new Command.Drain(member);
            case 1 -> new Command.Undrain(member);
            case 2 -> new Command.SetWeight(member, random.nextInt(3));
            default -> new Command.PauseRebalancing(random.nextBoolean());
          };
      case 9 -> new Command.AddVoter(member);
      case 10 -> new Command.RemoveVoter(member);
      case 11, 12 -> new Command.AddLearner(number, member);
      case 13 -> new Command.PromoteLearner(number, epoch, member);
      case 14 -> new Command.ShrinkInSync(number, epoch, member, random.nextBoolean());
      case 15 -> new Command.TransferPrimary(number, epoch, member);
      case 16 -> new Command.ClearRevoked(member, random.nextInt(100));
      case 17 -> new Command.ResetPartition(number, epoch, List.of(member, someone(state)));
      case 18 ->
          new Command.CreateGroup(
              1 + random.nextInt(3),
              random.nextInt(3) > 0 ? ReplicationMode.SYNC : ReplicationMode.Async.DEFAULT,
              List.of(List.of(member, someone(state)), List.of(someone(state))));
      default -> {
        TreeMap<String, String> attributes = new TreeMap<>();
        attributes.put("mode", "sync");
        yield random.nextBoolean()
            ? new Command.CreateCache("c" + random.nextInt(4), 1 + random.nextInt(3), attributes)
            : random.nextInt(4) == 0
                ? new Command.NoteLoss(number, epoch, random.nextInt(3))
                : random.nextBoolean()
                    ? new Command.DestroyCache(random.nextInt(10))
                    : new Command.DropLearner(number, member);
      }
    };
  }

  private MemberId someone(ClusterState state) {
    List<MemberId> ids = new ArrayList<>(state.members().keySet());
    ids.addAll(state.removed());
    return ids.isEmpty() ? new MemberId(7, 7) : ids.get(random.nextInt(ids.size()));
  }
}
