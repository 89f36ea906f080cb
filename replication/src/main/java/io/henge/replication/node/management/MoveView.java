package io.henge.replication.node.management;

import java.beans.ConstructorProperties;

/** Something that would move in one partition. */
public final class MoveView {

  private final String kind;
  private final int partition;
  private final String fromId;
  private final String toId;

  /** Creates the view. */
  @ConstructorProperties({"kind", "partition", "fromId", "toId"})
  public MoveView(String kind, int partition, String fromId, String toId) {
    this.kind = kind;
    this.partition = partition;
    this.fromId = fromId;
    this.toId = toId;
  }

  /** PRIMARY: another copy becomes the primary; COPY: a copy is made. */
  public String getKind() {
    return kind;
  }

  /** The partition's number over all groups. */
  public int getPartition() {
    return partition;
  }

  /** The primary until then, or the one that the copy is made from. */
  public String getFromId() {
    return fromId;
  }

  /** The primary from then on, or who gets the copy. */
  public String getToId() {
    return toId;
  }
}
