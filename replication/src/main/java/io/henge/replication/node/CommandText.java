package io.henge.replication.node;

import io.henge.replication.membership.Command;
import io.henge.replication.membership.Reason;
import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.function.Function;

/** Says in one plain sentence what a command decided. */
final class CommandText {

  private static final int MOST_NUMBERS = 20;

  private CommandText() {}

  /** The sentence, or null for moves of single partitions, which are counted instead. */
  static String of(Command command, Function<MemberId, String> name) {
    if (command instanceof Command.AddMember add) {
      return add.member().name() + " joins from " + add.member().address();
    } else if (command instanceof Command.ActivateMember activate) {
      return name.apply(activate.member()) + " has caught up with the log and takes part";
    } else if (command instanceof Command.Suspend suspend) {
      return name.apply(suspend.member()) + " is suspended: " + why(suspend.reason());
    } else if (command instanceof Command.Resume resume) {
      return name.apply(resume.member()) + " answers again and catches up";
    } else if (command instanceof Command.RemoveMember remove) {
      return name.apply(remove.member()) + " is removed: " + why(remove.reason());
    } else if (command instanceof Command.Drain drain) {
      return name.apply(drain.member()) + " hands over what it holds, to leave";
    } else if (command instanceof Command.Undrain undrain) {
      return name.apply(undrain.member()) + " stays after all";
    } else if (command instanceof Command.SetWeight set) {
      return name.apply(set.member()) + " takes a share of weight " + set.weight();
    } else if (command instanceof Command.PauseRebalancing pause) {
      return pause.paused()
          ? "rebalancing is paused: only missing copies are made, and drains go on"
          : "rebalancing goes on";
    } else if (command instanceof Command.AddVoter add) {
      return name.apply(add.member()) + " becomes a voter";
    } else if (command instanceof Command.RemoveVoter remove) {
      return name.apply(remove.voter()) + " is no longer a voter";
    } else if (command instanceof Command.ClearRevoked clear) {
      return "all leases that " + name.apply(clear.member()) + " may have held are over";
    } else if (command instanceof Command.ResetPartition reset) {
      return "partition " + reset.partition() + " was lost and starts again empty";
    } else if (command instanceof Command.CreateGroup create) {
      return create.copies() == Integer.MAX_VALUE
          ? "a partition group with a copy on every member"
          : "a partition group with " + create.copies() + " copies";
    } else if (command instanceof Command.CreateCache create) {
      return "cache " + create.name() + " is created";
    } else if (command instanceof Command.DestroyCache destroy) {
      return "the cache with id " + destroy.cache() + " is destroyed";
    }
    return null;
  }

  /** The sentence for many moves of one kind in one slot; of losses, for all their operations. */
  static String ofMany(String kind, long count) {
    if (kind.equals("NoteLoss")) {
      return "a failover lost at most "
          + count
          + " acknowledged operations of caches that are replicated asynchronously";
    }
    String partitions = partitions(count);
    return switch (kind) {
      case "AddLearner" -> partitions + ": another copy begins to catch up";
      case "DropLearner" -> partitions + ": a copy that is not needed is dropped";
      case "PromoteLearner" -> partitions + ": a copy has caught up and is in sync";
      case "ShrinkInSync" -> partitions + ": a copy leaves the in-sync set";
      case "TransferPrimary" -> partitions + ": another copy becomes the primary";
      default -> partitions + ": " + kind;
    };
  }

  /** The first of many numbers. */
  static String some(List<Integer> numbers) {
    return numbers.size() <= MOST_NUMBERS
        ? numbers.toString()
        : numbers.subList(0, MOST_NUMBERS) + " and others";
  }

  static String partitions(long count) {
    return count == 1 ? "1 partition" : count + " partitions";
  }

  /** The member that a command is about, or null. */
  static MemberId member(Command command) {
    if (command instanceof Command.AddMember add) {
      return add.member().id();
    } else if (command instanceof Command.ActivateMember activate) {
      return activate.member();
    } else if (command instanceof Command.Suspend suspend) {
      return suspend.member();
    } else if (command instanceof Command.Resume resume) {
      return resume.member();
    } else if (command instanceof Command.RemoveMember remove) {
      return remove.member();
    } else if (command instanceof Command.Drain drain) {
      return drain.member();
    } else if (command instanceof Command.Undrain undrain) {
      return undrain.member();
    } else if (command instanceof Command.SetWeight set) {
      return set.member();
    } else if (command instanceof Command.AddVoter add) {
      return add.member();
    } else if (command instanceof Command.RemoveVoter remove) {
      return remove.voter();
    } else if (command instanceof Command.ClearRevoked clear) {
      return clear.member();
    }
    return null;
  }

  private static String why(Reason reason) {
    return reason.cause() + ", " + reason.evidence();
  }
}
