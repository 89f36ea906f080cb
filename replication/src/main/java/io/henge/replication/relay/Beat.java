package io.henge.replication.relay;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.List;

/**
 * What a member tells each other one at regular intervals, always on the direct way: that it lives,
 * and which of its links do not work. Both lists are empty as long as nothing is wrong.
 *
 * @param unheard members whose beats do not reach the sender
 * @param broken members to which the sender's link fails in one direction at least, {@code unheard}
 *     included: it cannot pass anything on to them
 */
public record Beat(List<MemberId> unheard, List<MemberId> broken) {

  public Beat {
    unheard = List.copyOf(unheard);
    broken = List.copyOf(broken);
  }

  /** Writes it. */
  public void write(WireWriter writer) {
    writer.writeList(unheard, WireWriter::writeMember).writeList(broken, WireWriter::writeMember);
  }

  /** Reads what {@link #write} wrote. */
  public static Beat read(WireReader reader) {
    return new Beat(
        reader.readList(WireReader::readMember), reader.readList(WireReader::readMember));
  }
}
