package io.henge.replication.membership;

import io.henge.replication.consensus.ConsensusCodec;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;

/** Control messages as bytes: a tag, then the fields. Includes those of consensus. */
public final class ControlCodec {

  private static final int HELLO = 1;
  private static final int GENESIS = 2;
  private static final int GENESIS_ACCEPTED = 3;
  private static final int JOIN_REQUEST = 4;
  private static final int WELCOME = 5;
  private static final int NOT_MEMBER = 6;
  private static final int RIVAL = 7;
  private static final int CONSENSUS = 8;
  private static final int RENEW = 9;
  private static final int RENEW_GRANTED = 10;
  private static final int RENEW_REFUSED = 11;
  private static final int RENEW_DIVERGED = 12;
  private static final int CONFIRM = 13;
  private static final int PROPOSE = 14;
  private static final int SUSPECTED = 15;
  private static final int PROVEN_DEAD = 16;
  private static final int PROBE = 17;
  private static final int PROBE_THROUGH = 18;
  private static final int PROBE_ANSWER = 19;
  private static final int LEAVE = 20;
  private static final int FOUNDING_PREPARE = 21;
  private static final int FOUNDING_PROMISE = 22;
  private static final int FOUNDING_ACCEPT = 23;
  private static final int FOUNDING_ACCEPTED = 24;
  private static final int RELEASE = 25;
  private static final int STEP_DOWN = 30;
  private static final int HOLD_RENEWALS = 31;
  private static final int FOUND_AGAIN = 32;
  private static final int STANDS_STILL = 33;
  private static final int DOES_NOT_STAND_STILL = 34;
  private static final int GO_ON = 35;
  private static final int FOUNDED_AGAIN = 36;
  private static final int HAS_ENTERED = 37;

  private ControlCodec() {}

  /** Writes one message. */
  public static void write(WireWriter writer, ControlMessage message) {
    if (message instanceof ControlMessage.Consensus m) {
      writer.writeByte(CONSENSUS).writeMember(m.clusterId()).writeMember(m.voter());
      ConsensusCodec.write(writer, m.message());
    } else if (message instanceof ControlMessage.Renew m) {
      writer.writeByte(RENEW).writeMember(m.clusterId()).writeVarLong(m.slot());
      writer.writeLong(m.chain()).writeVarLong(m.nonce());
    } else if (message instanceof ControlMessage.RenewGranted m) {
      writer.writeByte(RENEW_GRANTED).writeMember(m.clusterId()).writeMember(m.voter());
      writer.writeVarLong(m.nonce());
    } else if (message instanceof ControlMessage.RenewRefused m) {
      writer.writeByte(RENEW_REFUSED).writeMember(m.clusterId()).writeVarLong(m.nonce());
      writer.writeVarLong(m.revokeIndex());
    } else if (message instanceof ControlMessage.RenewDiverged m) {
      writer.writeByte(RENEW_DIVERGED).writeMember(m.clusterId()).writeMember(m.voter());
      writer.writeVarLong(m.nonce()).writeVarLong(m.slot()).writeLong(m.chain());
    } else if (message instanceof ControlMessage.Confirm m) {
      writer.writeByte(CONFIRM).writeMember(m.clusterId()).writeVarLong(m.slot());
    } else if (message instanceof ControlMessage.Propose m) {
      CommandCodec.write(writer.writeByte(PROPOSE).writeMember(m.clusterId()), m.command());
    } else if (message instanceof ControlMessage.Suspected m) {
      writer.writeByte(SUSPECTED).writeMember(m.clusterId()).writeMember(m.suspect());
      writer.writeString(m.evidence());
    } else if (message instanceof ControlMessage.ProvenDead m) {
      writer.writeByte(PROVEN_DEAD).writeMember(m.clusterId()).writeMember(m.dead());
      writer.writeString(m.witness());
    } else if (message instanceof ControlMessage.Leave m) {
      writer.writeByte(LEAVE).writeMember(m.clusterId());
    } else if (message instanceof ControlMessage.Release m) {
      writer.writeByte(RELEASE).writeMember(m.clusterId()).writeVarInt(m.partition());
      writer.writeVarLong(m.epoch()).writeMember(m.replica());
    } else {
      writeRare(writer, message);
    }
  }

  private static void writeRare(WireWriter writer, ControlMessage message) {
    if (message instanceof ControlMessage.Hello m) {
      writeHello(writer.writeByte(HELLO), m);
    } else if (message instanceof ControlMessage.Genesis m) {
      MemoryCodec.writeBallot(writer.writeByte(GENESIS), m.ballot());
      ClusterStateCodec.write(writer, m.state());
    } else if (message instanceof ControlMessage.GenesisAccepted m) {
      MemoryCodec.writeBallot(writer.writeByte(GENESIS_ACCEPTED), m.ballot());
    } else if (message instanceof ControlMessage.JoinRequest m) {
      MemberCodec.write(writer.writeByte(JOIN_REQUEST).writeMember(m.clusterId()), m.joiner());
    } else if (message instanceof ControlMessage.Welcome m) {
      ClusterStateCodec.write(writer.writeByte(WELCOME), m.state());
    } else if (message instanceof ControlMessage.NotMember m) {
      writer.writeByte(NOT_MEMBER).writeMember(m.clusterId()).writeVarLong(m.slot());
    } else if (message instanceof ControlMessage.Rival m) {
      MemberCodec.writeIdentity(writer.writeByte(RIVAL).writeMember(m.clusterId()), m.rival());
    } else if (message instanceof ControlMessage.Probe m) {
      writer.writeByte(PROBE).writeVarLong(m.nonce()).writeMember(m.origin());
    } else if (message instanceof ControlMessage.ProbeThrough m) {
      writer.writeByte(PROBE_THROUGH).writeVarLong(m.nonce()).writeMember(m.target());
    } else if (message instanceof ControlMessage.ProbeAnswer m) {
      writer.writeByte(PROBE_ANSWER).writeVarLong(m.nonce());
      writer.writeMember(m.origin()).writeMember(m.target());
    } else if (message instanceof ControlMessage.StepDown m) {
      MemoryCodec.writeBallot(writer.writeByte(STEP_DOWN).writeMember(m.clusterId()), m.ballot());
    } else if (message instanceof ControlMessage.HoldRenewals m) {
      writer.writeByte(HOLD_RENEWALS).writeMember(m.clusterId()).writeVarLong(m.nanos());
    } else {
      writeFounding(writer, message);
    }
  }

  private static void writeFounding(WireWriter writer, ControlMessage message) {
    if (message instanceof ControlMessage.FoundingPrepare m) {
      MemoryCodec.writeBallot(writer.writeByte(FOUNDING_PREPARE), m.ballot());
      writer.writeList(m.hosts(), WireWriter::writeString);
    } else if (message instanceof ControlMessage.FoundingPromise m) {
      MemoryCodec.writeBallot(writer.writeByte(FOUNDING_PROMISE), m.ballot());
      MemoryCodec.writeBallot(writer, m.promised());
      MemoryCodec.writeBallot(writer, m.acceptedAt());
      MemoryCodec.writeState(writer, m.accepted());
    } else if (message instanceof ControlMessage.FoundingAccept m) {
      MemoryCodec.writeBallot(writer.writeByte(FOUNDING_ACCEPT), m.ballot());
      writer.writeList(m.hosts(), WireWriter::writeString);
      ClusterStateCodec.write(writer, m.slotZero());
    } else if (message instanceof ControlMessage.FoundingAccepted m) {
      MemoryCodec.writeBallot(writer.writeByte(FOUNDING_ACCEPTED), m.ballot());
    } else {
      writeRefounding(writer, message);
    }
  }

  private static void writeRefounding(WireWriter writer, ControlMessage message) {
    if (message instanceof ControlMessage.FoundAgain m) {
      writer.writeByte(FOUND_AGAIN).writeMember(m.clusterId()).writeMember(m.successor());
    } else if (message instanceof ControlMessage.StandsStill m) {
      ClusterStateCodec.write(writer.writeByte(STANDS_STILL).writeMember(m.successor()), m.state());
      writer.writeBoolean(m.accepted() != null);
      if (m.accepted() != null) {
        MemoryCodec.writeProposal(writer, m.accepted());
      }
    } else if (message instanceof ControlMessage.DoesNotStandStill m) {
      writer.writeByte(DOES_NOT_STAND_STILL).writeMember(m.successor()).writeString(m.why());
    } else if (message instanceof ControlMessage.GoOn m) {
      writer.writeByte(GO_ON).writeMember(m.successor());
    } else if (message instanceof ControlMessage.FoundedAgain m) {
      ClusterStateCodec.write(writer.writeByte(FOUNDED_AGAIN), m.first());
    } else if (message instanceof ControlMessage.HasEntered m) {
      writer.writeByte(HAS_ENTERED).writeMember(m.successor());
    } else {
      throw new IllegalStateException("no code for " + message);
    }
  }

  /**
   * Reads one message.
   *
   * @throws MalformedFrameException if the bytes are not one of this version's messages
   */
  public static ControlMessage read(WireReader reader) {
    int tag = reader.readByte();
    return switch (tag) {
      case HELLO -> readHello(reader);
      case GENESIS ->
          new ControlMessage.Genesis(
              MemoryCodec.readBallot(reader), ClusterStateCodec.read(reader));
      case GENESIS_ACCEPTED -> new ControlMessage.GenesisAccepted(MemoryCodec.readBallot(reader));
      case JOIN_REQUEST ->
          new ControlMessage.JoinRequest(reader.readMember(), MemberCodec.read(reader));
      case WELCOME -> new ControlMessage.Welcome(ClusterStateCodec.read(reader));
      case NOT_MEMBER -> new ControlMessage.NotMember(reader.readMember(), reader.readVarLong());
      case RIVAL -> new ControlMessage.Rival(reader.readMember(), MemberCodec.readIdentity(reader));
      case CONSENSUS ->
          new ControlMessage.Consensus(
              reader.readMember(), reader.readMember(), ConsensusCodec.read(reader));
      case RENEW ->
          new ControlMessage.Renew(
              reader.readMember(), readSlot(reader), reader.readLong(), reader.readVarLong());
      case RENEW_GRANTED ->
          new ControlMessage.RenewGranted(
              reader.readMember(), reader.readMember(), reader.readVarLong());
      case RENEW_REFUSED ->
          new ControlMessage.RenewRefused(
              reader.readMember(), reader.readVarLong(), readSlot(reader));
      case RENEW_DIVERGED ->
          new ControlMessage.RenewDiverged(
              reader.readMember(),
              reader.readMember(),
              reader.readVarLong(),
              readSlot(reader),
              reader.readLong());
      case CONFIRM -> new ControlMessage.Confirm(reader.readMember(), readSlot(reader));
      case PROPOSE -> new ControlMessage.Propose(reader.readMember(), CommandCodec.read(reader));
      case SUSPECTED ->
          new ControlMessage.Suspected(
              reader.readMember(), reader.readMember(), reader.readString());
      case PROVEN_DEAD ->
          new ControlMessage.ProvenDead(
              reader.readMember(), reader.readMember(), reader.readString());
      case PROBE -> new ControlMessage.Probe(reader.readVarLong(), reader.readMember());
      case PROBE_THROUGH ->
          new ControlMessage.ProbeThrough(reader.readVarLong(), reader.readMember());
      case PROBE_ANSWER ->
          new ControlMessage.ProbeAnswer(
              reader.readVarLong(), reader.readMember(), reader.readMember());
      case LEAVE -> new ControlMessage.Leave(reader.readMember());
      case RELEASE ->
          new ControlMessage.Release(
              reader.readMember(), reader.readVarInt(), readSlot(reader), reader.readMember());
      case FOUNDING_PREPARE ->
          new ControlMessage.FoundingPrepare(
              MemoryCodec.readBallot(reader), reader.readList(WireReader::readString));
      case FOUNDING_PROMISE ->
          new ControlMessage.FoundingPromise(
              MemoryCodec.readBallot(reader),
              MemoryCodec.readBallot(reader),
              MemoryCodec.readBallot(reader),
              MemoryCodec.readState(reader));
      case FOUNDING_ACCEPT ->
          new ControlMessage.FoundingAccept(
              MemoryCodec.readBallot(reader),
              reader.readList(WireReader::readString),
              ClusterStateCodec.read(reader));
      case FOUNDING_ACCEPTED -> new ControlMessage.FoundingAccepted(MemoryCodec.readBallot(reader));
      case STEP_DOWN ->
          new ControlMessage.StepDown(reader.readMember(), MemoryCodec.readBallot(reader));
      case HOLD_RENEWALS ->
          new ControlMessage.HoldRenewals(reader.readMember(), reader.readVarLong());
      case FOUND_AGAIN -> new ControlMessage.FoundAgain(reader.readMember(), reader.readMember());
      case STANDS_STILL ->
          new ControlMessage.StandsStill(
              reader.readMember(),
              ClusterStateCodec.read(reader),
              reader.readBoolean() ? MemoryCodec.readProposal(reader) : null);
      case DOES_NOT_STAND_STILL ->
          new ControlMessage.DoesNotStandStill(reader.readMember(), reader.readString());
      case GO_ON -> new ControlMessage.GoOn(reader.readMember());
      case FOUNDED_AGAIN -> new ControlMessage.FoundedAgain(ClusterStateCodec.read(reader));
      case HAS_ENTERED -> new ControlMessage.HasEntered(reader.readMember());
      default -> throw new MalformedFrameException("no control message has the tag " + tag);
    };
  }

  private static void writeHello(WireWriter writer, ControlMessage.Hello hello) {
    writer.writeString(hello.clusterName()).writeVarInt(hello.formatVersion());
    MemberCodec.write(writer, hello.self());
    writer.writeString(hello.bootstrap().name()).writeLong(hello.startedAt());
    writeOptional(writer, hello.cluster());
    writeOptional(writer, hello.remembered());
    writer.writeBoolean(hello.answer());
  }

  private static ControlMessage.Hello readHello(WireReader reader) {
    return new ControlMessage.Hello(
        reader.readString(),
        reader.readVarInt(),
        MemberCodec.read(reader),
        MemberCodec.constant(reader, NodeBootstrap.values()),
        reader.readLong(),
        readOptional(reader),
        readOptional(reader),
        reader.readBoolean());
  }

  private static void writeOptional(WireWriter writer, ClusterIdentity identity) {
    writer.writeBoolean(identity != null);
    if (identity != null) {
      MemberCodec.writeIdentity(writer, identity);
    }
  }

  private static ClusterIdentity readOptional(WireReader reader) {
    return reader.readBoolean() ? MemberCodec.readIdentity(reader) : null;
  }

  private static long readSlot(WireReader reader) {
    long slot = reader.readVarLong();
    if (slot < 0) {
      throw new MalformedFrameException("a slot of " + slot);
    }
    return slot;
  }
}
