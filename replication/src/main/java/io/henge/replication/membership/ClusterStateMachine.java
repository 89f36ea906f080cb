package io.henge.replication.membership;

import io.henge.replication.wire.WireReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies the log to the cluster state: pure and deterministic, so that the same entries give the
 * same state on every member (PROTOCOL 4.2, invariant I4). Stateless and thread-safe; open for
 * subclasses only so that tests can leave out a rule.
 */
public class ClusterStateMachine {

  /**
   * What a slot did.
   *
   * @param state the state after the slot
   * @param decided every command of the slot, in its order
   * @param effective those of them that still fitted
   * @param entry the slot as it is chained to those before
   */
  public record Applied(
      ClusterState state, List<Command> decided, List<Command> effective, LogEntry entry) {

    public Applied {
      decided = List.copyOf(decided);
      effective = List.copyOf(effective);
    }
  }

  /**
   * Applies the batch of a slot.
   *
   * @throws io.henge.replication.wire.MalformedFrameException if this version cannot read a
   *     command: the member must stop, because going on without it would diverge
   */
  public Applied apply(ClusterState before, long slot, List<byte[]> batch) {
    if (slot != before.slot() + 1) {
      throw new IllegalArgumentException("slot " + slot + " does not follow " + before.slot());
    }
    StateDraft draft = new StateDraft(before, slot);
    List<Command> decided = new ArrayList<>(batch.size());
    List<Command> effective = new ArrayList<>(batch.size());
    List<Boolean> fitted = new ArrayList<>(batch.size());
    for (byte[] bytes : batch) {
      WireReader reader = new WireReader(bytes);
      Command command = CommandCodec.read(reader);
      reader.expectEnd();
      boolean fits = applyTo(draft, command);
      decided.add(command);
      fitted.add(fits);
      if (fits) {
        effective.add(command);
      }
    }
    long chain = LogChain.next(before.chain(), slot, batch, fitted);
    LogEntry entry = new LogEntry(slot, before.chain(), chain, batch, fitted);
    return new Applied(draft.finish(chain), decided, effective, entry);
  }

  /**
   * Tells whether the command would change {@code state}, so that a stale one need not be logged.
   */
  public boolean fits(ClusterState state, Command command) {
    return applyTo(new StateDraft(state, state.slot() + 1), command);
  }

  /**
   * Tells whether a learner may be promoted when its member is in this state. One that drains may
   * not: what it does not hold yet it never will, so that a handover that is complete stays so
   * (PROTOCOL 4.13).
   */
  protected boolean mayPromote(MemberState learner) {
    return learner == MemberState.ACTIVE;
  }

  private boolean applyTo(StateDraft draft, Command command) {
    if (command instanceof Command.AddMember add) {
      return MemberRules.add(draft, add);
    } else if (command instanceof Command.ActivateMember activate) {
      return MemberRules.activate(draft, activate.member());
    } else if (command instanceof Command.Suspend suspend) {
      return MemberRules.suspend(draft, suspend.member());
    } else if (command instanceof Command.Resume resume) {
      return MemberRules.resume(draft, resume.member());
    } else if (command instanceof Command.RemoveMember remove) {
      return MemberRules.remove(draft, remove.member(), remove.reason().proven());
    } else if (command instanceof Command.Drain drain) {
      return MemberRules.drain(draft, drain.member());
    } else if (command instanceof Command.Undrain undrain) {
      return MemberRules.undrain(draft, undrain.member());
    } else if (command instanceof Command.SetWeight set) {
      return MemberRules.setWeight(draft, set.member(), set.weight());
    } else if (command instanceof Command.PauseRebalancing pause) {
      return draft.pauseRebalancing(pause.paused());
    } else if (command instanceof Command.AddVoter add) {
      return VoterRules.add(draft, add.member());
    } else if (command instanceof Command.RemoveVoter remove) {
      return VoterRules.remove(draft, remove.voter());
    } else if (command instanceof Command.AddLearner add) {
      return PartitionRules.addLearner(draft, add);
    } else if (command instanceof Command.DropLearner drop) {
      return PartitionRules.dropLearner(draft, drop);
    } else if (command instanceof Command.PromoteLearner promote) {
      return mayPromote(draft.stateOf(promote.member())) && PartitionRules.promote(draft, promote);
    } else if (command instanceof Command.ShrinkInSync shrink) {
      return PartitionRules.shrink(draft, shrink);
    } else if (command instanceof Command.TransferPrimary transfer) {
      return PartitionRules.transfer(draft, transfer);
    } else if (command instanceof Command.ClearRevoked clear) {
      return PartitionRules.clearRevoked(draft, clear);
    } else if (command instanceof Command.ResetPartition reset) {
      return PartitionRules.reset(draft, reset);
    } else if (command instanceof Command.NoteLoss note) {
      return PartitionRules.noteLoss(draft, note);
    } else if (command instanceof Command.CreateGroup create) {
      return CacheRules.createGroup(draft, create);
    } else if (command instanceof Command.CreateCache create) {
      return CacheRules.create(draft, create);
    } else if (command instanceof Command.DestroyCache destroy) {
      return CacheRules.destroy(draft, destroy);
    }
    throw new IllegalStateException("no rule for " + command);
  }
}
