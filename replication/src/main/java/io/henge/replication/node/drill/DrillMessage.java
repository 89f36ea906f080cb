package io.henge.replication.node.drill;

import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;

/** How a member asks another one to suffer a drill. */
public sealed interface DrillMessage {

  /**
   * Asks; repeated until there is an answer.
   *
   * @param number tells the asker's orders apart
   * @param nanos how long a cut lasts; 0 for a crash
   */
  record Order(long number, DrillKind kind, long nanos) implements DrillMessage {}

  /**
   * Answers an order, before it is obeyed.
   *
   * @param refusal why nothing is done, one plain sentence; empty if it is done
   */
  record Answer(long number, String refusal) implements DrillMessage {}

  /** Writes a message. */
  static void write(WireWriter writer, DrillMessage message) {
    if (message instanceof Order order) {
      writer.writeBoolean(true).writeLong(order.number());
      writer.writeString(order.kind().setting()).writeVarLong(order.nanos());
    } else if (message instanceof Answer answer) {
      writer.writeBoolean(false).writeLong(answer.number()).writeString(answer.refusal());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws MalformedFrameException if it is something else
   */
  static DrillMessage read(WireReader reader) {
    DrillMessage message =
        reader.readBoolean()
            ? new Order(reader.readLong(), kind(reader.readString()), reader.readVarLong())
            : new Answer(reader.readLong(), reader.readString());
    reader.expectEnd();
    return message;
  }

  private static DrillKind kind(String setting) {
    for (DrillKind kind : DrillKind.values()) {
      if (kind.setting().equals(setting)) {
        return kind;
      }
    }
    throw new MalformedFrameException("a drill of setting " + setting);
  }
}
