package io.henge.replication.transport;

/** What a test lets the stack of one member lose; registered by {@link CuttablePing}. */
public interface LinkCutsMXBean {

  /** Everything that this member sends is lost on its way here, given by the bits of its id. */
  void loseFrom(long high, long low);

  /** Messages that were lost here so far. */
  long getLost();

  /** Nothing is lost any more. */
  void heal();
}
