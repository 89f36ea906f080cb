package io.henge.admin.document;

import io.henge.admin.cluster.Identity;

/**
 * The answer that every page opens with.
 *
 * @param code stable: OK, HEALING, ONE_COPY, UNAVAILABLE, NO_QUORUM, STARTING or STOPPED
 * @param title the state in a few words
 * @param sentence the node's own sentence: state, cause, next step
 */
public record Health(String code, String title, String sentence) {

  /** Judges a node by its state, its quorum and its partitions. */
  public static Health of(Identity identity, Counts counts) {
    String sentence = identity.health();
    return switch (identity.state()) {
      case "STARTING" -> new Health("STARTING", "Joining the cluster", sentence);
      case "EXPELLED" -> new Health("STOPPED", "This member was expelled", sentence);
      case "CLOSED" -> new Health("STOPPED", "This member is stopped", sentence);
      default -> running(identity.quorate(), counts, sentence);
    };
  }

  private static Health running(boolean quorate, Counts counts, String sentence) {
    if (!quorate) {
      return new Health("NO_QUORUM", "No quorum on this side", sentence);
    }
    if (counts.unavailable() > 0) {
      return new Health("UNAVAILABLE", counts.unavailable() + " partitions unavailable", sentence);
    }
    if (counts.catchingUp() + counts.waiting() + counts.oneCopy() == 0) {
      return new Health("OK", "All in sync", sentence);
    }
    if (counts.members() == 1) {
      return new Health("ONE_COPY", "One member: no backups", sentence);
    }
    return new Health("HEALING", "Healing: every key is served", sentence);
  }
}
