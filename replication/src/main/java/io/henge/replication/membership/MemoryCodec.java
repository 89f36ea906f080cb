package io.henge.replication.membership;

import io.henge.replication.consensus.AcceptorState;
import io.henge.replication.consensus.Ballot;
import io.henge.replication.consensus.Proposal;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.List;

/** Memory records as bytes: a tag, then the fields. The file around them is the node's affair. */
public final class MemoryCodec {

  private static final int WHOLE = 1;
  private static final int APPLIED = 2;
  private static final int PROMISED = 3;
  private static final int ACCEPTED = 4;
  private static final int FOUNDING_PROMISED = 5;
  private static final int FOUNDING_ACCEPTED = 6;

  private MemoryCodec() {}

  /** One record as bytes. */
  public static byte[] encode(MemoryRecord record) {
    WireWriter writer = new WireWriter(256);
    if (record instanceof MemoryRecord.Whole whole) {
      writeMemory(writer.writeByte(WHOLE), whole.memory());
    } else if (record instanceof MemoryRecord.Applied applied) {
      writer.writeByte(APPLIED).writeVarLong(applied.slot());
      writer.writeList(applied.batch(), WireWriter::writeBytes);
    } else if (record instanceof MemoryRecord.Promised promised) {
      writeBallot(writer.writeByte(PROMISED), promised.ballot());
    } else if (record instanceof MemoryRecord.Accepted accepted) {
      writeProposal(writer.writeByte(ACCEPTED), accepted.proposal());
    } else if (record instanceof MemoryRecord.FoundingPromised promised) {
      writeBallot(writer.writeByte(FOUNDING_PROMISED), promised.ballot());
    } else if (record instanceof MemoryRecord.FoundingAccepted accepted) {
      writeBallot(writer.writeByte(FOUNDING_ACCEPTED), accepted.ballot());
      ClusterStateCodec.write(writer, accepted.slotZero());
    } else {
      throw new IllegalStateException("no code for " + record);
    }
    return writer.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote, and nothing more than that.
   *
   * @throws MalformedFrameException if the bytes are not a record of this version
   */
  public static MemoryRecord decode(byte[] bytes) {
    WireReader reader = new WireReader(bytes);
    int tag = reader.readByte();
    MemoryRecord record =
        switch (tag) {
          case WHOLE -> new MemoryRecord.Whole(readMemory(reader));
          case APPLIED -> new MemoryRecord.Applied(reader.readVarLong(), readBatch(reader));
          case PROMISED -> new MemoryRecord.Promised(readBallot(reader));
          case ACCEPTED -> new MemoryRecord.Accepted(readProposal(reader));
          case FOUNDING_PROMISED -> new MemoryRecord.FoundingPromised(readBallot(reader));
          case FOUNDING_ACCEPTED ->
              new MemoryRecord.FoundingAccepted(readBallot(reader), ClusterStateCodec.read(reader));
          default -> throw new MalformedFrameException("no memory record has the tag " + tag);
        };
    reader.expectEnd();
    return record;
  }

  static void writeBallot(WireWriter writer, Ballot ballot) {
    writer.writeVarLong(ballot.round()).writeMember(ballot.proposer());
  }

  static Ballot readBallot(WireReader reader) {
    return new Ballot(reader.readVarLong(), reader.readMember());
  }

  private static void writeMemory(WireWriter writer, Memory memory) {
    writer.writeMember(memory.voter()).writeVarLong(memory.start());
    writeBallot(writer, memory.acceptor().promised());
    writer.writeBoolean(memory.acceptor().accepted() != null);
    if (memory.acceptor().accepted() != null) {
      writeProposal(writer, memory.acceptor().accepted());
    }
    writeState(writer, memory.state());
    writeBallot(writer, memory.founding().promised());
    writeBallot(writer, memory.founding().ballot());
    writeState(writer, memory.founding().accepted());
  }

  private static Memory readMemory(WireReader reader) {
    return new Memory(
        reader.readMember(),
        reader.readVarLong(),
        new AcceptorState(readBallot(reader), reader.readBoolean() ? readProposal(reader) : null),
        readState(reader),
        new FoundingVote(readBallot(reader), readBallot(reader), readState(reader)));
  }

  static void writeProposal(WireWriter writer, Proposal proposal) {
    writeBallot(writer.writeVarLong(proposal.slot()), proposal.ballot());
    writer.writeList(proposal.batch(), WireWriter::writeBytes);
  }

  static Proposal readProposal(WireReader reader) {
    return new Proposal(reader.readVarLong(), readBallot(reader), readBatch(reader));
  }

  private static List<byte[]> readBatch(WireReader reader) {
    return reader.readList(WireReader::readBytes);
  }

  static void writeState(WireWriter writer, ClusterState state) {
    writer.writeBoolean(state != null);
    if (state != null) {
      ClusterStateCodec.write(writer, state);
    }
  }

  static ClusterState readState(WireReader reader) {
    return reader.readBoolean() ? ClusterStateCodec.read(reader) : null;
  }
}
