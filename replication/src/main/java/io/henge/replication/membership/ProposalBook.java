package io.henge.replication.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the leader has proposed and not seen decided. Never more than one proposal about the same
 * thing at a time; one that was lost is made again after a while.
 */
final class ProposalBook {

  private static final long AGAIN_AFTER = 500_000_000L;

  private final ClusterLog log;

  private record Proposed(Command command, long at) {}

  private final Map<String, Proposed> outstanding = new TreeMap<>();

  /** What is proposed together; null if each goes by itself. */
  private List<Command> gathered;

  ProposalBook(ClusterLog log) {
    this.log = log;
  }

  /** Proposes unless the same is under way or the command no longer fits; tells whether it did. */
  boolean propose(Command command, long now) {
    String subject = subject(command);
    if (isOutstanding(subject, now) || !log.fits(command)) {
      return false;
    }
    outstanding.put(subject, new Proposed(command, now));
    handOver(command, now);
    return true;
  }

  /**
   * Hands everything that {@code proposing} proposes to the log at once, so that it takes as few
   * slots as it can; tells whether there was anything.
   */
  boolean together(Runnable proposing, long now) {
    List<Command> all = new ArrayList<>();
    gathered = all;
    proposing.run();
    gathered = null;
    log.propose(all, now);
    return !all.isEmpty();
  }

  private void handOver(Command command, long now) {
    if (gathered != null) {
      gathered.add(command);
    } else {
      log.propose(List.of(command), now);
    }
  }

  /** Proposes two commands of which the second fits only after the first. */
  boolean proposeBoth(Command first, Command second, long now) {
    if (isOutstanding(subject(second), now) || !propose(first, now)) {
      return false;
    }
    outstanding.put(subject(second), new Proposed(second, now));
    handOver(second, now);
    return true;
  }

  /** Tells whether a proposal about this partition is under way. */
  boolean isOutstanding(int partition, long now) {
    return isOutstanding(ofPartition(partition), now);
  }

  /** Tells whether a proposal about the same thing is under way. */
  boolean isOutstanding(Command command, long now) {
    return isOutstanding(subject(command), now);
  }

  /** The learners that were proposed and may still be decided. */
  List<Command.AddLearner> additions() {
    List<Command.AddLearner> additions = new ArrayList<>();
    for (Proposed each : outstanding.values()) {
      if (each.command() instanceof Command.AddLearner addition) {
        additions.add(addition);
      }
    }
    return additions;
  }

  void decided(List<Command> commands) {
    for (Command command : commands) {
      outstanding.remove(subject(command));
    }
  }

  void clear() {
    outstanding.clear();
  }

  private boolean isOutstanding(String subject, long now) {
    Proposed before = outstanding.get(subject);
    return before != null && now - before.at() < AGAIN_AFTER;
  }

  private static String ofPartition(int partition) {
    return "partition " + partition;
  }

  private static String subject(Command command) {
    if (command instanceof Command.AddMember c) {
      return "add " + c.member().id();
    } else if (command instanceof Command.ActivateMember c) {
      return "activate " + c.member();
    } else if (command instanceof Command.Suspend c) {
      return "suspend " + c.member();
    } else if (command instanceof Command.Resume c) {
      return "resume " + c.member();
    } else if (command instanceof Command.RemoveMember c) {
      return "remove " + c.member();
    } else if (command instanceof Command.Drain c) {
      return "drain " + c.member();
    } else if (command instanceof Command.Undrain c) {
      return "drain " + c.member();
    } else if (command instanceof Command.SetWeight c) {
      return "weight " + c.member();
    } else if (command instanceof Command.PauseRebalancing) {
      return "rebalancing";
    } else if (command instanceof Command.AddVoter || command instanceof Command.RemoveVoter) {
      return "voters";
    } else if (command instanceof Command.AddLearner c) {
      return ofPartition(c.partition());
    } else if (command instanceof Command.DropLearner c) {
      return ofPartition(c.partition());
    } else if (command instanceof Command.PromoteLearner c) {
      return ofPartition(c.partition());
    } else if (command instanceof Command.ShrinkInSync c) {
      return ofPartition(c.partition());
    } else if (command instanceof Command.TransferPrimary c) {
      return ofPartition(c.partition());
    } else if (command instanceof Command.ResetPartition c) {
      return ofPartition(c.partition());
    } else if (command instanceof Command.ClearRevoked c) {
      return "clear " + c.member();
    } else if (command instanceof Command.NoteLoss c) {
      return "loss in " + c.partition() + " at " + c.epoch();
    } else if (command instanceof Command.CreateGroup c) {
      return "group " + c.copies() + " " + c.mode();
    } else if (command instanceof Command.CreateCache c) {
      return "create " + c.name();
    } else if (command instanceof Command.DestroyCache c) {
      return "destroy " + c.cache();
    }
    throw new IllegalStateException("no subject for " + command);
  }
}
