package io.henge.replication.consensus;

import java.util.SplittableRandom;

/**
 * What may go wrong in one run, drawn from its seed so that runs differ in which faults they
 * combine. {@code dropNews} is for decided slots and heartbeats, on top of {@code drop}: who does
 * not learn them competes for them. Rates are chances per message, or numbers per 10 ms of the
 * cluster.
 */
record Faults(
    double drop,
    double dropNews,
    double duplicate,
    double slow,
    long slowestMillis,
    boolean ordered,
    double cut,
    boolean cutsOneWay,
    double pause,
    double crash,
    double change,
    double hint,
    double load) {

  static Faults draw(SplittableRandom random) {
    return random.nextInt(3) == 0 ? hostile(random) : mixed(random);
  }

  /** Hints that lie all the time, so that ballots compete, over links that lose what they carry. */
  static Faults hostile(SplittableRandom random) {
    return new Faults(
        0.05 + random.nextDouble() * 0.4,
        random.nextBoolean() ? 0.8 : 0,
        random.nextDouble() * 0.2,
        random.nextDouble() * 0.4,
        random.nextLong(20, 400),
        random.nextBoolean(),
        random.nextBoolean() ? 0.1 : 0,
        random.nextBoolean(),
        0,
        random.nextInt(5) == 0 ? 0.005 : 0,
        random.nextBoolean() ? 0.1 : 0,
        3,
        3);
  }

  private static Faults mixed(SplittableRandom random) {
    return new Faults(
        random.nextBoolean() ? random.nextDouble() * 0.2 : 0,
        0,
        random.nextBoolean() ? random.nextDouble() * 0.1 : 0,
        random.nextBoolean() ? random.nextDouble() * 0.2 : 0,
        random.nextLong(20, 600),
        random.nextBoolean(),
        random.nextInt(3) > 0 ? 0.03 : 0,
        random.nextBoolean(),
        random.nextInt(3) == 0 ? 0.02 : 0,
        random.nextInt(3) == 0 ? 0.005 : 0,
        random.nextInt(3) > 0 ? 0.05 : 0,
        random.nextInt(3) == 0 ? 0.03 : 0,
        0.02 + random.nextDouble() * 0.3);
  }

  static Faults none() {
    return new Faults(0, 0, 0, 0, 0, true, 0, false, 0, 0, 0, 0, 0);
  }
}
