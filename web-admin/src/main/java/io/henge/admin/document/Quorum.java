package io.henge.admin.document;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;

/**
 * Whether the voters can decide, and how many more of them may fail.
 *
 * @param held whether a majority answers the member that was asked
 * @param voters number of voters, those that are gone and not yet replaced included
 * @param up voters that are members and not suspended
 * @param majority voters needed to decide
 * @param canLose further voters that may fail before nothing can be decided; 0 without a quorum
 * @param sentence the same in words
 */
public record Quorum(boolean held, int voters, int up, int majority, int canLose, String sentence) {

  /** Counts the voters of a view. */
  public static Quorum of(View view, boolean held) {
    int voters = view.voterIds().size();
    int up = 0;
    for (String id : view.voterIds()) {
      Member member = view.member(id);
      if (member != null && !member.suspended()) {
        up++;
      }
    }
    int majority = voters / 2 + 1;
    int canLose = held ? Math.max(0, up - majority) : 0;
    return new Quorum(held, voters, up, majority, canLose, sentence(held, voters, up, canLose));
  }

  private static String sentence(boolean held, int voters, int up, int canLose) {
    if (voters == 0) {
      return "No voters known yet";
    }
    if (!held) {
      return "No quorum: this member does not reach a majority of the " + voters + " voters";
    }
    String lose = canLose == 0 ? "can lose none" : "can lose " + canLose;
    return "Quorum: " + up + " of " + voters + (voters == 1 ? " voter, " : " voters, ") + lose;
  }
}
