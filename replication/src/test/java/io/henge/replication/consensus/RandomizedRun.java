package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One seed: a phase with faults, in which only safety is judged, then a healed phase, in which
 * everybody has to agree on new commands within a bound.
 */
final class RandomizedRun {

  enum Outcome {
    LIVE,
    MAJORITY_LOST
  }

  private static final int FAULTY_TICKS = 300;
  private static final int HEALED_TICKS = 500;

  private final SplittableRandom random;
  private final SimulatedCluster cluster;
  private long marks;
  private Outcome outcome;

  RandomizedRun(long seed, Variant variant) {
    random = new SplittableRandom(seed);
    cluster = new SimulatedCluster(random.nextLong(), 1 + random.nextInt(7), variant);
  }

  SimulatedCluster cluster() {
    return cluster;
  }

  /** How the run ended. */
  Outcome outcome() {
    return outcome;
  }

  void run() {
    cluster.inflict(Faults.draw(random));
    for (int i = 0; i < FAULTY_TICKS; i++) {
      disturb();
      cluster.runTick();
    }
    heal();
    outcome = recover();
  }

  private void disturb() {
    Faults faults = cluster.faults();
    if (happens(faults.load())) {
      any().propose(TestCommand.mark(marks++));
    }
    if (happens(faults.cut())) {
      cutOrHeal(faults);
    }
    if (happens(faults.pause())) {
      any().pause();
    }
    if (happens(0.05)) {
      SimulatedMember member = any();
      if (member.isPaused()) {
        member.resume();
      }
    }
    if (happens(faults.crash())) {
      crash();
    }
    if (happens(faults.hint())) {
      any().hint(any().id());
    }
    if (happens(faults.change())) {
      change();
    }
  }

  private void cutOrHeal(Faults faults) {
    if (happens(0.3)) {
      cluster.healAllLinks();
      return;
    }
    int left = any().index();
    int right = any().index();
    cluster.cut(left, right, true);
    if (!faults.cutsOneWay()) {
      cluster.cut(right, left, true);
    }
    if (happens(0.3)) {
      boolean outward = random.nextBoolean();
      for (SimulatedMember other : cluster.members()) {
        cluster.cut(outward ? left : other.index(), outward ? other.index() : left, true);
      }
    }
  }

  private void crash() {
    SimulatedMember victim = any();
    List<MemberId> voters = cluster.checker().latest().voters();
    long deadVoters = voters.stream().filter(id -> cluster.member(id).isDead()).count();
    if (victim.isDead() || 2 * (deadVoters + 1) >= voters.size()) {
      return;
    }
    victim.kill();
    for (SimulatedMember other : cluster.members()) {
      if (random.nextBoolean()) {
        other.hint(victim.id());
      }
    }
  }

  private void change() {
    Configuration latest = cluster.checker().latest();
    SimulatedMember proposer = any();
    List<MemberId> voters = latest.voters();
    switch (random.nextInt(4)) {
      case 0 -> {
        SimulatedMember contact = any();
        if (cluster.members().size() < 14 && contact.isRunning()) {
          SimulatedMember joined = cluster.join(contact);
          proposer.propose(TestCommand.change(TestCommand.Kind.ADD_LEARNER, joined.id()));
        }
      }
      case 1 -> {
        for (MemberId learner : latest.learners()) {
          if (!cluster.member(learner).isDead()) {
            proposer.propose(TestCommand.change(TestCommand.Kind.ADD_VOTER, learner));
            break;
          }
        }
      }
      case 2 -> {
        MemberId victim = voters.get(random.nextInt(voters.size()));
        for (MemberId voter : voters) {
          victim = cluster.member(voter).isDead() ? voter : victim;
        }
        proposer.propose(TestCommand.change(TestCommand.Kind.REMOVE_VOTER, victim));
        if (random.nextBoolean()) {
          proposer.propose(TestCommand.change(TestCommand.Kind.ADD_LEARNER, victim));
        }
      }
      default -> {
        MemberId someone = any().id();
        proposer.propose(
            TestCommand.change(
                random.nextBoolean() ? TestCommand.Kind.ADD_VOTER : TestCommand.Kind.REMOVE_LEARNER,
                someone));
      }
    }
  }

  private void heal() {
    cluster.inflict(Faults.none());
    cluster.healAllLinks();
    for (SimulatedMember member : cluster.members()) {
      if (member.isPaused()) {
        member.resume();
      }
    }
  }

  private Outcome recover() {
    long goal = 1_000_000;
    for (int tick = 0; tick < HEALED_TICKS; tick++) {
      if (tick % 10 == 0) {
        long mark = goal++;
        cluster.members().forEach(member -> member.propose(TestCommand.mark(mark)));
      }
      cluster.runTick();
      if (tick % 10 == 9 && tick > 100 && isSettled()) {
        return Outcome.LIVE;
      }
    }
    if (!majorityLives()) {
      return Outcome.MAJORITY_LOST;
    }
    throw new AssertionError("no agreement within the bound after all faults had ended: " + this);
  }

  private boolean isSettled() {
    Configuration latest = cluster.checker().latest();
    long leaders = 0;
    for (SimulatedMember member : cluster.members()) {
      if (member.isDead()) {
        continue;
      }
      leaders += member.replica().leading() ? 1 : 0;
      boolean takesPart =
          latest.voters().contains(member.id()) || latest.learners().contains(member.id());
      if (takesPart
          && (member.machine().slot() != cluster.checker().lastApplied()
              || member.machine().lastMark() < 1_000_000)) {
        return false;
      }
    }
    return leaders == 1;
  }

  private boolean majorityLives() {
    List<MemberId> voters = cluster.checker().latest().voters();
    long living = voters.stream().filter(id -> !cluster.member(id).isDead()).count();
    return living > voters.size() / 2;
  }

  private SimulatedMember any() {
    return cluster.member(random.nextInt(cluster.members().size()));
  }

  private boolean happens(double chance) {
    return random.nextDouble() < chance;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(cluster.checker().lastApplied()).append(' ').append(cluster.checker().latest());
    for (SimulatedMember member : cluster.members()) {
      text.append(
          String.format(
              "%n%s %s slot %d leading %s leader %s promised %s %s",
              member.id().abbreviated(),
              member.isDead() ? "dead" : "running",
              member.machine().slot(),
              member.replica().leading(),
              member.replica().leader(),
              member.replica().ballot(),
              member.machine().configuration()));
    }
    return text.toString();
  }
}
