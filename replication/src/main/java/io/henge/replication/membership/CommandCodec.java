package io.henge.replication.membership;

import io.henge.replication.topology.ReplicationMode;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.SortedMap;
import java.util.TreeMap;

/** Log entries as bytes: a tag, then the fields. A tag is never used again for something else. */
public final class CommandCodec {

  private static final int ADD_MEMBER = 1;
  private static final int ACTIVATE_MEMBER = 2;
  private static final int SUSPEND = 3;
  private static final int RESUME = 4;
  private static final int REMOVE_MEMBER = 5;
  private static final int DRAIN = 6;
  private static final int ADD_VOTER = 7;
  private static final int REMOVE_VOTER = 8;
  private static final int ADD_LEARNER = 9;
  private static final int DROP_LEARNER = 10;
  private static final int PROMOTE_LEARNER = 11;
  private static final int SHRINK_IN_SYNC = 12;
  private static final int TRANSFER_PRIMARY = 13;
  private static final int CLEAR_REVOKED = 14;
  private static final int RESET_PARTITION = 15;
  private static final int CREATE_GROUP = 16;
  private static final int CREATE_CACHE = 17;
  private static final int DESTROY_CACHE = 18;
  private static final int NOTE_LOSS = 19;
  private static final int UNDRAIN = 20;
  private static final int SET_WEIGHT = 21;
  private static final int PAUSE_REBALANCING = 22;

  private CommandCodec() {}

  /** One command as bytes. */
  public static byte[] encode(Command command) {
    WireWriter writer = new WireWriter(64);
    write(writer, command);
    return writer.toByteArray();
  }

  /** Reads what {@link #encode} wrote, and nothing more than that. */
  public static Command decode(byte[] bytes) {
    WireReader reader = new WireReader(bytes);
    Command command = read(reader);
    reader.expectEnd();
    return command;
  }

  /** Writes one command. */
  public static void write(WireWriter writer, Command command) {
    if (command instanceof Command.AddMember c) {
      MemberCodec.write(writer.writeByte(ADD_MEMBER), c.member());
    } else if (command instanceof Command.ActivateMember c) {
      writer.writeByte(ACTIVATE_MEMBER).writeMember(c.member());
    } else if (command instanceof Command.Suspend c) {
      MemberCodec.writeReason(writer.writeByte(SUSPEND).writeMember(c.member()), c.reason());
    } else if (command instanceof Command.Resume c) {
      writer.writeByte(RESUME).writeMember(c.member());
    } else if (command instanceof Command.RemoveMember c) {
      MemberCodec.writeReason(writer.writeByte(REMOVE_MEMBER).writeMember(c.member()), c.reason());
    } else if (command instanceof Command.Drain c) {
      writer.writeByte(DRAIN).writeMember(c.member());
    } else if (command instanceof Command.Undrain c) {
      writer.writeByte(UNDRAIN).writeMember(c.member());
    } else if (command instanceof Command.SetWeight c) {
      writer.writeByte(SET_WEIGHT).writeMember(c.member());
      writer.writeLong(Double.doubleToLongBits(c.weight()));
    } else if (command instanceof Command.PauseRebalancing c) {
      writer.writeByte(PAUSE_REBALANCING).writeBoolean(c.paused());
    } else if (command instanceof Command.AddVoter c) {
      writer.writeByte(ADD_VOTER).writeMember(c.member());
    } else if (command instanceof Command.RemoveVoter c) {
      writer.writeByte(REMOVE_VOTER).writeMember(c.voter());
    } else {
      writePartitionCommand(writer, command);
    }
  }

  private static void writePartitionCommand(WireWriter writer, Command command) {
    if (command instanceof Command.AddLearner c) {
      writer.writeByte(ADD_LEARNER).writeVarInt(c.partition()).writeMember(c.member());
    } else if (command instanceof Command.DropLearner c) {
      writer.writeByte(DROP_LEARNER).writeVarInt(c.partition()).writeMember(c.member());
    } else if (command instanceof Command.PromoteLearner c) {
      writer.writeByte(PROMOTE_LEARNER).writeVarInt(c.partition()).writeVarLong(c.epoch());
      writer.writeMember(c.member());
    } else if (command instanceof Command.ShrinkInSync c) {
      writer.writeByte(SHRINK_IN_SYNC).writeVarInt(c.partition()).writeVarLong(c.epoch());
      writer.writeMember(c.member()).writeBoolean(c.keepAsLearner());
    } else if (command instanceof Command.TransferPrimary c) {
      writer.writeByte(TRANSFER_PRIMARY).writeVarInt(c.partition()).writeVarLong(c.epoch());
      writer.writeMember(c.to());
    } else if (command instanceof Command.ClearRevoked c) {
      writer.writeByte(CLEAR_REVOKED).writeMember(c.member()).writeVarLong(c.upTo());
    } else if (command instanceof Command.ResetPartition c) {
      writer.writeByte(RESET_PARTITION).writeVarInt(c.partition()).writeVarLong(c.epoch());
      writer.writeList(c.inSync(), WireWriter::writeMember);
    } else if (command instanceof Command.NoteLoss c) {
      writer.writeByte(NOTE_LOSS).writeVarInt(c.partition()).writeVarLong(c.epoch());
      writer.writeVarLong(c.atMost());
    } else if (command instanceof Command.CreateGroup c) {
      ModeCodec.write(writer.writeByte(CREATE_GROUP).writeVarInt(c.copies()), c.mode());
      IdTable ids = new IdTable(c.placement());
      ids.write(writer);
      writer.writeList(c.placement(), ids::writeNumbers);
    } else if (command instanceof Command.CreateCache c) {
      writer.writeByte(CREATE_CACHE).writeString(c.name()).writeVarInt(c.copies());
      ModeCodec.write(writer, c.mode());
      writeAttributes(writer, c.attributes());
    } else if (command instanceof Command.DestroyCache c) {
      writer.writeByte(DESTROY_CACHE).writeVarInt(c.cache());
    } else {
      throw new IllegalStateException("no code for " + command);
    }
  }

  /** Reads one command. */
  public static Command read(WireReader reader) {
    int tag = reader.readByte();
    return switch (tag) {
      case ADD_MEMBER -> new Command.AddMember(MemberCodec.read(reader));
      case ACTIVATE_MEMBER -> new Command.ActivateMember(reader.readMember());
      case SUSPEND -> new Command.Suspend(reader.readMember(), MemberCodec.readReason(reader));
      case RESUME -> new Command.Resume(reader.readMember());
      case REMOVE_MEMBER ->
          new Command.RemoveMember(reader.readMember(), MemberCodec.readReason(reader));
      case DRAIN -> new Command.Drain(reader.readMember());
      case UNDRAIN -> new Command.Undrain(reader.readMember());
      case SET_WEIGHT ->
          new Command.SetWeight(reader.readMember(), Double.longBitsToDouble(reader.readLong()));
      case PAUSE_REBALANCING -> new Command.PauseRebalancing(reader.readBoolean());
      case ADD_VOTER -> new Command.AddVoter(reader.readMember());
      case REMOVE_VOTER -> new Command.RemoveVoter(reader.readMember());
      case ADD_LEARNER -> new Command.AddLearner(reader.readVarInt(), reader.readMember());
      case DROP_LEARNER -> new Command.DropLearner(reader.readVarInt(), reader.readMember());
      case PROMOTE_LEARNER ->
          new Command.PromoteLearner(
              reader.readVarInt(), reader.readVarLong(), reader.readMember());
      case SHRINK_IN_SYNC ->
          new Command.ShrinkInSync(
              reader.readVarInt(), reader.readVarLong(), reader.readMember(), reader.readBoolean());
      case TRANSFER_PRIMARY ->
          new Command.TransferPrimary(
              reader.readVarInt(), reader.readVarLong(), reader.readMember());
      case CLEAR_REVOKED -> new Command.ClearRevoked(reader.readMember(), reader.readVarLong());
      case RESET_PARTITION ->
          new Command.ResetPartition(
              reader.readVarInt(), reader.readVarLong(), reader.readList(WireReader::readMember));
      case NOTE_LOSS ->
          new Command.NoteLoss(reader.readVarInt(), reader.readVarLong(), reader.readVarLong());
      case CREATE_GROUP -> {
        int copies = reader.readVarInt();
        ReplicationMode mode = ModeCodec.read(reader);
        IdTable ids = IdTable.read(reader);
        yield new Command.CreateGroup(copies, mode, reader.readList(ids::readNumbers));
      }
      case CREATE_CACHE ->
          new Command.CreateCache(
              reader.readString(),
              reader.readVarInt(),
              ModeCodec.read(reader),
              readAttributes(reader));
      case DESTROY_CACHE -> new Command.DestroyCache(reader.readVarInt());
      default -> throw new MalformedFrameException("no command has the tag " + tag);
    };
  }

  static void writeAttributes(WireWriter writer, SortedMap<String, String> attributes) {
    writer.writeList(
        attributes.entrySet(),
        (w, entry) -> w.writeString(entry.getKey()).writeString(entry.getValue()));
  }

  static SortedMap<String, String> readAttributes(WireReader reader) {
    SortedMap<String, String> attributes = new TreeMap<>();
    int count = reader.readVarInt();
    if (count < 0 || count > reader.remaining()) {
      throw new MalformedFrameException(
          "a map of " + Integer.toUnsignedString(count) + " attributes");
    }
    for (int i = 0; i < count; i++) {
      attributes.put(reader.readString(), reader.readString());
    }
    return attributes;
  }
}
