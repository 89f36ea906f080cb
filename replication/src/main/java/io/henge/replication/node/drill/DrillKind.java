package io.henge.replication.node.drill;

/** The drills that a member has to allow. */
public enum DrillKind {
  /** The member's node ends as if its process had been killed, and begins again without data. */
  CRASH("henge.drills.crash", "crash drill"),
  /** Nothing goes from the member to others or comes from them for a while. */
  CUT("henge.drills.cut", "cut drill");

  private final String setting;
  private final String text;

  DrillKind(String setting, String text) {
    this.setting = setting;
    this.text = text;
  }

  /** The setting that allows it. */
  public String setting() {
    return setting;
  }

  /** For people. */
  public String text() {
    return text;
  }
}
