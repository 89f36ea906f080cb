package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;

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
  private final Function<SplittableRandom, Faults> inflicted;
  private long marks;
  private Outcome outcome;

  RandomizedRun(long seed, Variant variant) {
    this(seed, variant, Faults::draw);
  }

  RandomizedRun(long seed, Variant variant, Function<SplittableRandom, Faults> faults) {
    random = new SplittableRandom(seed);
    inflicted = faults;
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
    cluster.inflict(inflicted.apply(random));
    for (int i = 0; i < FAULTY_TICKS; i++) {
      disturb();
      cluster.runTick();
    }
    heal();
    outcome = recover();
  }

  private void disturb() {
    Faults faults = cluster.faults();
    for (double left = faults.load(); happens(left); left--) {
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
    for (double left = faults.hint(); happens(left); left--) {
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
    if (victim.isDead() || !majorityLivesWithout(victim)) {
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
    if (cluster.variant().voterChangesPerSlot() > 1) {
      proposer.propose(TestCommand.replaceVoters(livingSubset()));
    }
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

  private long livingSubset() {
    long bits = 0;
    while (bits == 0) {
      for (SimulatedMember member : cluster.members()) {
        bits |= !member.isDead() && random.nextBoolean() ? 1L << member.index() : 0;
      }
    }
    return bits;
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
    if (!majorityLivesWithout(null)) {
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

  /**
   * Whether the living can go on: a decision that only the dead knew of does not help them, so the
   * configuration that counts is the last one that a living member knows.
   */
  private boolean majorityLivesWithout(SimulatedMember victim) {
    long known = 0;
    for (SimulatedMember member : cluster.members()) {
      known =
          member.isDead() || member == victim ? known : Math.max(known, member.machine().slot());
    }
    return isMajorityAlive(cluster.checker().configurationAfter(known), victim)
        && isMajorityAlive(cluster.checker().latest(), victim);
  }

  private boolean isMajorityAlive(Configuration configuration, SimulatedMember victim) {
    Set<MemberId> living = new TreeSet<>();
    for (SimulatedMember member : cluster.members()) {
      if (!member.isDead() && member != victim) {
        living.add(member.id());
      }
    }
    return configuration.isQuorum(living);
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
