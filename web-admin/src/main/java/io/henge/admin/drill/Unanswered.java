package io.henge.admin.drill;

/** An order to a member that nobody answered, in words that do not mislead. */
public final class Unanswered {

  /** What a node says of whatever did not come about in time. */
  private static final String NO_MAJORITY = "no majority of the voters agreed";

  private Unanswered() {}

  /**
   * Why a drill did not begin. Only the member itself agrees to a dangerous one; when it does not
   * answer, the node speaks of the voters all the same.
   *
   * @param said the node's words
   * @param quorate whether a majority of the voters answers the node
   */
  public static String explained(DrillKind kind, String member, String said, boolean quorate) {
    return kind.dangerous() && quorate && said.contains(NO_MAJORITY)
        ? member
            + " did not answer: it may be busy, or run an older version of Henge that knows no such"
            + " drill. The node's words: "
            + said
        : said;
  }
}
