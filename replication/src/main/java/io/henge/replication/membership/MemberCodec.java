package io.henge.replication.membership;

import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;

/**
 * Members, reasons and the small things they are made of as bytes. Constants of an enum travel by
 * name, so that their order means nothing.
 */
final class MemberCodec {

  private MemberCodec() {}

  static void write(WireWriter writer, Member member) {
    writer.writeMember(member.id()).writeString(member.name()).writeString(member.host());
    writer.writeVarInt(member.port()).writeString(member.zone()).writeString(member.machine());
    writer.writeString(member.role().name());
    writer.writeLong(Double.doubleToLongBits(member.weight()));
    writer.writeString(member.state().name()).writeVarLong(member.joinedAt());
    VoterIdentity voter = member.voter();
    writer.writeMember(voter.id()).writeVarLong(voter.start()).writeBoolean(voter.able());
  }

  static Member read(WireReader reader) {
    return new Member(
        reader.readMember(),
        reader.readString(),
        reader.readString(),
        reader.readVarInt(),
        reader.readString(),
        reader.readString(),
        constant(reader, MemberRole.values()),
        Double.longBitsToDouble(reader.readLong()),
        constant(reader, MemberState.values()),
        reader.readVarLong(),
        new VoterIdentity(reader.readMember(), reader.readVarLong(), reader.readBoolean()));
  }

  static void writeReason(WireWriter writer, Reason reason) {
    writer.writeString(reason.cause().name()).writeMember(reason.suspectedBy());
    writer.writeString(reason.evidence()).writeLong(reason.lastGrantAgoNanos());
    writer.writeLong(reason.suspectToProposeNanos()).writeBoolean(reason.proven());
  }

  static Reason readReason(WireReader reader) {
    return new Reason(
        constant(reader, Reason.Cause.values()),
        reader.readMember(),
        reader.readString(),
        reader.readLong(),
        reader.readLong(),
        reader.readBoolean());
  }

  static void writeIdentity(WireWriter writer, ClusterIdentity identity) {
    writer.writeMember(identity.clusterId()).writeString(identity.foundedBy().name());
    writer.writeLong(identity.foundedAt());
  }

  static ClusterIdentity readIdentity(WireReader reader) {
    return new ClusterIdentity(
        reader.readMember(), constant(reader, NodeBootstrap.values()), reader.readLong());
  }

  static void writeTimings(WireWriter writer, ClusterTimings timings) {
    writer.writeVarLong(timings.lease()).writeVarLong(timings.suspendAfter());
    writer.writeVarLong(timings.removeAfter());
  }

  static ClusterTimings readTimings(WireReader reader) {
    return new ClusterTimings(reader.readVarLong(), reader.readVarLong(), reader.readVarLong());
  }

  static <E extends Enum<E>> E constant(WireReader reader, E[] constants) {
    String name = reader.readString();
    for (E constant : constants) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new MalformedFrameException(
        "no " + constants[0].getDeclaringClass().getSimpleName() + " is called " + name);
  }
}
