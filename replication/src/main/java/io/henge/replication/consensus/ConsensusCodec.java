package io.henge.replication.consensus;

import io.henge.replication.consensus.ConsensusMessage.Accept;
import io.henge.replication.consensus.ConsensusMessage.AcceptRefused;
import io.henge.replication.consensus.ConsensusMessage.Accepted;
import io.henge.replication.consensus.ConsensusMessage.Chosen;
import io.henge.replication.consensus.ConsensusMessage.FetchLog;
import io.henge.replication.consensus.ConsensusMessage.ForwardCommand;
import io.henge.replication.consensus.ConsensusMessage.HandOver;
import io.henge.replication.consensus.ConsensusMessage.Heartbeat;
import io.henge.replication.consensus.ConsensusMessage.HeartbeatAck;
import io.henge.replication.consensus.ConsensusMessage.InstallSnapshot;
import io.henge.replication.consensus.ConsensusMessage.LogSegment;
import io.henge.replication.consensus.ConsensusMessage.PreVoteReply;
import io.henge.replication.consensus.ConsensusMessage.PreVoteRequest;
import io.henge.replication.consensus.ConsensusMessage.Prepare;
import io.henge.replication.consensus.ConsensusMessage.PrepareRefused;
import io.henge.replication.consensus.ConsensusMessage.Promise;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.List;

/** The binary form of {@link ConsensusMessage}: a type byte, then the fields in their order. */
public final class ConsensusCodec {

  private static final int PRE_VOTE_REQUEST = 1;
  private static final int PRE_VOTE_REPLY = 2;
  private static final int PREPARE = 3;
  private static final int PROMISE = 4;
  private static final int PREPARE_REFUSED = 5;
  private static final int ACCEPT = 6;
  private static final int ACCEPTED = 7;
  private static final int ACCEPT_REFUSED = 8;
  private static final int CHOSEN = 9;
  private static final int HEARTBEAT = 10;
  private static final int HEARTBEAT_ACK = 11;
  private static final int FETCH_LOG = 12;
  private static final int LOG_SEGMENT = 13;
  private static final int INSTALL_SNAPSHOT = 14;
  private static final int FORWARD_COMMAND = 15;
  private static final int HAND_OVER = 16;

  private ConsensusCodec() {}

  /** Appends the message. */
  public static void write(WireWriter out, ConsensusMessage message) {
    message.visit(new Encoder(out));
  }

  /**
   * Reads one message and leaves what follows it.
   *
   * @throws MalformedFrameException if the bytes are not a message of this version
   */
  public static ConsensusMessage read(WireReader in) {
    int type = in.readByte();
    return switch (type) {
      case PRE_VOTE_REQUEST -> new PreVoteRequest(in.readVarLong(), readSlot(in));
      case PRE_VOTE_REPLY ->
          new PreVoteReply(in.readVarLong(), in.readBoolean(), readBallot(in), readSlot(in));
      case PREPARE -> new Prepare(readBallot(in), readSlot(in));
      case PROMISE -> readPromise(in);
      case PREPARE_REFUSED ->
          new PrepareRefused(readBallot(in), readSlot(in), readBallot(in), readSlot(in));
      case ACCEPT -> new Accept(readBallot(in), readSlot(in), readBatch(in));
      case ACCEPTED -> new Accepted(readBallot(in), readSlot(in), in.readBytes());
      case ACCEPT_REFUSED ->
          new AcceptRefused(readBallot(in), readSlot(in), readBallot(in), readSlot(in));
      case CHOSEN -> new Chosen(readSlot(in), readBatch(in), in.readBytes());
      case HEARTBEAT -> new Heartbeat(readBallot(in), readSlot(in));
      case HEARTBEAT_ACK -> new HeartbeatAck(readBallot(in), readBallot(in), readSlot(in));
      case FETCH_LOG -> new FetchLog(readSlot(in));
      case LOG_SEGMENT ->
          new LogSegment(readSlot(in), in.readList(ConsensusCodec::readBatch), readSlot(in));
      case INSTALL_SNAPSHOT -> new InstallSnapshot(readSlot(in), in.readBytes());
      case FORWARD_COMMAND -> new ForwardCommand(in.readBytes());
      case HAND_OVER -> new HandOver(readBallot(in), in.readMember());
      default -> throw new MalformedFrameException("a consensus message of type " + type);
    };
  }

  private static Promise readPromise(WireReader in) {
    Ballot ballot = readBallot(in);
    long slot = readSlot(in);
    Proposal accepted = in.readBoolean() ? new Proposal(slot, readBallot(in), readBatch(in)) : null;
    return new Promise(ballot, slot, accepted);
  }

  private static Ballot readBallot(WireReader in) {
    long round = in.readVarLong();
    if (round < 0) {
      throw new MalformedFrameException("a ballot of round " + round);
    }
    return new Ballot(round, in.readMember());
  }

  private static long readSlot(WireReader in) {
    long slot = in.readVarLong();
    if (slot < 0) {
      throw new MalformedFrameException("a slot of " + slot);
    }
    return slot;
  }

  private static List<byte[]> readBatch(WireReader in) {
    return in.readList(WireReader::readBytes);
  }

  private record Encoder(WireWriter out) implements ConsensusMessage.Visitor {

    @Override
    public void preVoteRequest(PreVoteRequest message) {
      out.writeByte(PRE_VOTE_REQUEST).writeVarLong(message.attempt()).writeVarLong(message.slot());
    }

    @Override
    public void preVoteReply(PreVoteReply message) {
      out.writeByte(PRE_VOTE_REPLY).writeVarLong(message.attempt()).writeBoolean(message.granted());
      ballot(message.promised());
      out.writeVarLong(message.appliedSlot());
    }

    @Override
    public void prepare(Prepare message) {
      request(PREPARE, message.ballot(), message.slot());
    }

    @Override
    public void promise(Promise message) {
      request(PROMISE, message.ballot(), message.slot());
      out.writeBoolean(message.accepted() != null);
      if (message.accepted() != null) {
        ballot(message.accepted().ballot());
        batch(out, message.accepted().batch());
      }
    }

    @Override
    public void prepareRefused(PrepareRefused message) {
      request(PREPARE_REFUSED, message.ballot(), message.slot());
      ballot(message.promised());
      out.writeVarLong(message.appliedSlot());
    }

    @Override
    public void accept(Accept message) {
      request(ACCEPT, message.ballot(), message.slot());
      batch(out, message.batch());
    }

    @Override
    public void accepted(Accepted message) {
      request(ACCEPTED, message.ballot(), message.slot());
      out.writeBytes(message.attachment());
    }

    @Override
    public void acceptRefused(AcceptRefused message) {
      request(ACCEPT_REFUSED, message.ballot(), message.slot());
      ballot(message.promised());
      out.writeVarLong(message.appliedSlot());
    }

    @Override
    public void chosen(Chosen message) {
      out.writeByte(CHOSEN).writeVarLong(message.slot());
      batch(out, message.batch());
      out.writeBytes(message.note());
    }

    @Override
    public void heartbeat(Heartbeat message) {
      request(HEARTBEAT, message.ballot(), message.chosenUpTo());
    }

    @Override
    public void heartbeatAck(HeartbeatAck message) {
      out.writeByte(HEARTBEAT_ACK);
      ballot(message.ballot());
      ballot(message.promised());
      out.writeVarLong(message.appliedSlot());
    }

    @Override
    public void fetchLog(FetchLog message) {
      out.writeByte(FETCH_LOG).writeVarLong(message.fromSlot());
    }

    @Override
    public void logSegment(LogSegment message) {
      out.writeByte(LOG_SEGMENT)
          .writeVarLong(message.fromSlot())
          .writeList(message.batches(), Encoder::batch)
          .writeVarLong(message.chosenUpTo());
    }

    @Override
    public void installSnapshot(InstallSnapshot message) {
      out.writeByte(INSTALL_SNAPSHOT).writeVarLong(message.slot()).writeBytes(message.snapshot());
    }

    @Override
    public void forwardCommand(ForwardCommand message) {
      out.writeByte(FORWARD_COMMAND).writeBytes(message.command());
    }

    @Override
    public void handOver(HandOver message) {
      out.writeByte(HAND_OVER);
      ballot(message.ballot());
      out.writeMember(message.successor());
    }

    private void request(int type, Ballot ballot, long slot) {
      out.writeByte(type);
      ballot(ballot);
      out.writeVarLong(slot);
    }

    private void ballot(Ballot ballot) {
      out.writeVarLong(ballot.round()).writeMember(ballot.proposer());
    }

    private static void batch(WireWriter out, List<byte[]> batch) {
      out.writeList(batch, WireWriter::writeBytes);
    }
  }
}
