package io.henge.replication.node.statistics;

import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.List;

/** How members tell each other their figures. */
public sealed interface StatisticsMessage {

  /**
   * Asks a member for its figures.
   *
   * @param askedAt the asking member's clock in nanoseconds; comes back with the answer
   */
  record Ask(long askedAt) implements StatisticsMessage {}

  /**
   * A member's figures.
   *
   * @param askedAt of the question
   */
  record Tell(long askedAt, List<CacheFigures> figures) implements StatisticsMessage {}

  /** Writes a message. */
  static void write(WireWriter writer, StatisticsMessage message) {
    if (message instanceof Tell tell) {
      writer.writeBoolean(true).writeLong(tell.askedAt());
      writer.writeList(tell.figures(), (out, figures) -> figures.write(out));
    } else if (message instanceof Ask ask) {
      writer.writeBoolean(false).writeLong(ask.askedAt());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws MalformedFrameException if it is something else
   */
  static StatisticsMessage read(WireReader reader) {
    StatisticsMessage message =
        reader.readBoolean()
            ? new Tell(reader.readLong(), reader.readList(CacheFigures::read))
            : new Ask(reader.readLong());
    reader.expectEnd();
    return message;
  }
}
