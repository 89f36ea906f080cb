package io.henge.replication.consensus;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;

/** The commands of {@link TestMachine}: a marker without effect, or a change of who takes part. */
record TestCommand(Kind kind, MemberId member, long number) {

  enum Kind {
    MARK,
    ADD_VOTER,
    REMOVE_VOTER,
    ADD_LEARNER,
    REMOVE_LEARNER,
    REPLACE_VOTERS
  }

  private static final MemberId NOBODY = new MemberId(0, 0);

  static byte[] mark(long number) {
    return new TestCommand(Kind.MARK, NOBODY, number).encode();
  }

  static byte[] change(Kind kind, MemberId member) {
    return new TestCommand(kind, member, 0).encode();
  }

  /** Makes the members with the set bits the voters; several at once, which production refuses. */
  static byte[] replaceVoters(long bits) {
    return new TestCommand(Kind.REPLACE_VOTERS, NOBODY, bits).encode();
  }

  static TestCommand decode(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    TestCommand command =
        new TestCommand(Kind.valueOf(in.readString()), in.readMember(), in.readLong());
    in.expectEnd();
    return command;
  }

  private byte[] encode() {
    return new WireWriter(32)
        .writeString(kind.name())
        .writeMember(member)
        .writeLong(number)
        .toByteArray();
  }
}
