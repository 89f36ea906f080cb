package io.henge.admin.document;

import io.henge.admin.cluster.Identity;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;

/**
 * The answer that every page opens with.
 *
 * @param code stable: OK, HEALING, FEW_MEMBERS, UNAVAILABLE, NO_QUORUM, STARTING or STOPPED
 * @param title the state in a few words
 * @param sentence state, cause, next step: the node's own sentence, but for FEW_MEMBERS, which a
 *     node does not mind
 */
public record Health(String code, String title, String sentence) {

  /** Judges a node by its state, its quorum and its partitions. */
  public static Health of(Identity identity, Counts counts, View view) {
    String sentence = identity.health();
    return switch (identity.state()) {
      case "STARTING" -> new Health("STARTING", "Joining the cluster", sentence);
      case "EXPELLED" -> new Health("STOPPED", "This member was expelled", sentence);
      case "CLOSED" -> new Health("STOPPED", "This member is stopped", sentence);
      default -> running(identity, counts, view);
    };
  }

  private static Health running(Identity identity, Counts counts, View view) {
    String sentence = identity.health();
    if (!identity.quorate()) {
      return new Health("NO_QUORUM", "No quorum on this side", sentence);
    }
    if (counts.unavailable() > 0) {
      return new Health("UNAVAILABLE", counts.unavailable() + " partitions unavailable", sentence);
    }
    if (counts.catchingUp() + counts.waiting() + counts.oneCopy() == 0) {
      return new Health("OK", "All in sync", sentence);
    }
    int wanted = wantedCopies(view);
    int holders = (int) view.members().stream().filter(Health::holds).count();
    if (counts.catchingUp() == 0 && holders < wanted) {
      return new Health(
          "FEW_MEMBERS",
          "Too few members for all copies",
          "Every key is served, but "
              + wanted
              + " copies are wanted and only "
              + holders
              + (holders == 1 ? " member holds" : " members hold")
              + " data now. Start more members to get the missing copies.");
    }
    return new Health("HEALING", "Healing: every key is served", sentence);
  }

  private static int wantedCopies(View view) {
    int most = 1;
    for (int group = 0; group < view.groupCopies().size(); group++) {
      most = Math.max(most, view.wantedCopies(group));
    }
    return most;
  }

  private static boolean holds(Member member) {
    return member.holdsData() && member.state().equals("active");
  }
}
