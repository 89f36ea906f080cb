package io.henge.replication.consensus;

import java.util.SplittableRandom;

/**
 * What may go wrong in one run, drawn from its seed so that runs differ in which faults they
 * combine. Rates are chances per message or per 10 ms of the cluster.
 */
record Faults(
    double drop,
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
    return new Faults(
        random.nextBoolean() ? random.nextDouble() * 0.2 : 0,
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
    return new Faults(0, 0, 0, 0, true, 0, false, 0, 0, 0, 0, 0);
  }
}
