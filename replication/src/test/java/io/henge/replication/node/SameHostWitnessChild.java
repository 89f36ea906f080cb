package io.henge.replication.node;

import io.henge.replication.topology.MemberId;
import java.nio.file.Path;

/** Holds a witness until its standard input ends. */
final class SameHostWitnessChild {

  private SameHostWitnessChild() {}

  public static void main(String[] arguments) throws Exception {
    try (SameHostWitness witness =
        new SameHostWitness(Path.of(arguments[0]), MemberId.parse(arguments[1]))) {
      System.out.println("ready");
      while (System.in.read() >= 0) {
        if (witness.provenDead(MemberId.parse(arguments[1]))) {
          throw new AssertionError("dead to itself");
        }
      }
    }
  }
}
