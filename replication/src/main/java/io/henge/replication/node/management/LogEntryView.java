package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** A slot of the log with all that its hash is made of. */
public final class LogEntryView {

  private final long slot;
  private final String before;
  private final String chain;
  private final String[] commands;
  private final boolean[] fitted;

  /** Creates the view; arrays are handed over. */
  @ConstructorProperties({"slot", "before", "chain", "commands", "fitted"})
  public LogEntryView(long slot, String before, String chain, String[] commands, boolean[] fitted) {
    this.slot = slot;
    this.before = before;
    this.chain = chain;
    this.commands = commands;
    this.fitted = fitted;
  }

  /** Its number. */
  public long getSlot() {
    return slot;
  }

  /** The hash after the slot before, 16 hexadecimal digits. */
  public String getBefore() {
    return before;
  }

  /** The hash after this slot, as in {@link ClusterView#getChain}. */
  public String getChain() {
    return chain;
  }

  /** The commands as they were decided, each in hexadecimal. */
  public String[] getCommands() {
    return commands.clone();
  }

  /** Whether each of the commands took effect. */
  public boolean[] getFitted() {
    return fitted.clone();
  }
}
