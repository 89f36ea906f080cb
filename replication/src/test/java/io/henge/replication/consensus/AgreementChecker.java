package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sees every acceptance and every application in the cluster and judges invariant I1: at most one
 * batch chosen per slot, by a majority of the voters of the configuration before it, and equal logs
 * everywhere. A batch counts as chosen when it is, whether anybody learned it or not.
 */
final class AgreementChecker implements TestMachine.Listener {

  private static final class Slot {
    private final Map<Ballot, Set<MemberId>> acceptors = new TreeMap<>();
    private final Map<Ballot, List<byte[]>> batches = new TreeMap<>();
    private List<byte[]> chosen;
    private boolean applied;
    private long chain;
  }

  private final Map<Long, Slot> slots = new HashMap<>();
  private final List<Configuration> configurations = new ArrayList<>();
  private final Map<Ballot, MemberId> leaders = new HashMap<>();

  AgreementChecker(Configuration initial) {
    configurations.add(initial);
  }

  /** The last slot that any member applied. */
  long lastApplied() {
    return configurations.size() - 1L;
  }

  /** The configuration after {@link #lastApplied()}. */
  Configuration latest() {
    return configurations.get(configurations.size() - 1);
  }

  /** The configuration after a slot that was applied. */
  Configuration configurationAfter(long slot) {
    return configurations.get((int) slot);
  }

  void accepted(MemberId member, Proposal proposal) {
    if (proposal.slot() > configurations.size()) {
      throw new AssertionError(
          "slot " + proposal.slot() + " accepted before its configuration was decided");
    }
    Slot slot = slots.computeIfAbsent(proposal.slot(), number -> new Slot());
    List<byte[]> proposed = slot.batches.putIfAbsent(proposal.ballot(), proposal.batch());
    if (proposed != null && !Batches.equal(proposed, proposal.batch())) {
      throw new AssertionError(proposal.ballot() + " proposed two batches for " + proposal.slot());
    }
    Configuration configuration = configurations.get((int) proposal.slot() - 1);
    if (!configuration.voters().contains(member)) {
      throw new AssertionError("a member that does not vote accepted slot " + proposal.slot());
    }
    Set<MemberId> acceptors =
        slot.acceptors.computeIfAbsent(proposal.ballot(), ballot -> new TreeSet<>());
    acceptors.add(member);
    if (configuration.isQuorum(acceptors)) {
      choose(proposal.slot(), slot, proposal.batch());
    }
  }

  void led(MemberId member, Ballot ballot) {
    if (!ballot.proposer().equals(member) || leaders.put(ballot, member) != null) {
      throw new AssertionError("ballot " + ballot + " has a second leader");
    }
  }

  @Override
  public void applied(long number, List<byte[]> batch, long chain, Configuration configuration) {
    Slot slot = slots.get(number);
    if (slot == null || slot.chosen == null) {
      throw new AssertionError("slot " + number + " applied before it was chosen");
    }
    if (!Batches.equal(slot.chosen, batch)) {
      throw new AssertionError("slot " + number + " applied with another batch than the chosen");
    }
    if (!slot.applied) {
      slot.applied = true;
      slot.chain = chain;
      if (configurations.size() != number) {
        throw new AssertionError("slot " + number + " applied before the one before it");
      }
      configurations.add(configuration);
    } else if (slot.chain != chain) {
      throw new AssertionError("the states after slot " + number + " differ");
    }
  }

  private static void choose(long number, Slot slot, List<byte[]> batch) {
    if (slot.chosen != null && !Batches.equal(slot.chosen, batch)) {
      throw new AssertionError("two batches chosen for slot " + number);
    }
    slot.chosen = batch;
  }
}
