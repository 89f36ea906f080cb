package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import io.henge.replication.topology.ReplicationMode;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cluster state as bytes: the snapshot that late members start from. Equal states give equal
 * bytes. Ids stand once in a table and are numbers after that, so a partition takes about ten
 * bytes.
 */
public final class ClusterStateCodec {

  private static final int FORMAT = 2;

  private ClusterStateCodec() {}

  /** One state as bytes. */
  public static byte[] encode(ClusterState state) {
    WireWriter writer = new WireWriter(1024);
    write(writer, state);
    return writer.toByteArray();
  }

  /** Reads what {@link #encode} wrote, and nothing more than that. */
  public static ClusterState decode(byte[] bytes) {
    WireReader reader = new WireReader(bytes);
    ClusterState state = read(reader);
    reader.expectEnd();
    return state;
  }

  /** Writes one state. */
  public static void write(WireWriter writer, ClusterState state) {
    writer.writeByte(FORMAT);
    writer.writeMember(state.clusterId()).writeString(state.clusterName());
    writer.writeVarLong(state.slot()).writeLong(state.chain());
    MemberCodec.writeTimings(writer, state.timings());
    writer.writeVarInt(state.partitionsPerGroup());
    writer.writeString(state.foundedBy().name()).writeLong(state.foundedAt());
    writer.writeBoolean(state.rebalancingPaused());
    writer.writeList(state.members().values(), MemberCodec::write);
    writer.writeList(state.voters(), WireWriter::writeMember);
    writer.writeList(state.removed(), WireWriter::writeMember);
    writeGroups(writer, state.groups());
    writer.writeVarInt(state.nextCacheId());
    writer.writeList(state.caches().values(), ClusterStateCodec::writeCache);
  }

  /** Reads one state. */
  public static ClusterState read(WireReader reader) {
    int format = reader.readByte();
    if (format != FORMAT) {
      throw new MalformedFrameException("a cluster state of format " + format);
    }
    MemberId clusterId = reader.readMember();
    String clusterName = reader.readString();
    long slot = reader.readVarLong();
    long chain = reader.readLong();
    ClusterTimings timings = MemberCodec.readTimings(reader);
    int partitionsPerGroup = reader.readVarInt();
    NodeBootstrap foundedBy = MemberCodec.constant(reader, NodeBootstrap.values());
    long foundedAt = reader.readLong();
    boolean rebalancingPaused = reader.readBoolean();
    SortedMap<MemberId, Member> members = new TreeMap<>();
    for (Member member : reader.readList(MemberCodec::read)) {
      members.put(member.id(), member);
    }
    List<MemberId> voters = reader.readList(WireReader::readMember);
    List<MemberId> removed = reader.readList(WireReader::readMember);
    List<PartitionGroup> groups = readGroups(reader, partitionsPerGroup);
    int nextCacheId = reader.readVarInt();
    SortedMap<Integer, CacheDefinition> caches = new TreeMap<>();
    for (CacheDefinition cache : reader.readList(ClusterStateCodec::readCache)) {
      caches.put(cache.id(), cache);
    }
    return new ClusterState(
        clusterId,
        clusterName,
        slot,
        chain,
        timings,
        partitionsPerGroup,
        members,
        voters,
        groups,
        caches,
        nextCacheId,
        removed,
        foundedBy,
        foundedAt,
        rebalancingPaused);
  }

  private static void writeGroups(WireWriter writer, List<PartitionGroup> groups) {
    List<Collection<MemberId>> used = new ArrayList<>();
    for (PartitionGroup group : groups) {
      for (PartitionAssignment partition : group.partitions()) {
        used.add(partition.replicas());
        used.add(partition.revoked().keySet());
      }
    }
    IdTable ids = new IdTable(used);
    ids.write(writer);
    writer.writeList(
        groups,
        (w, group) -> {
          ModeCodec.write(w.writeVarInt(group.copies()), group.mode());
          for (PartitionAssignment partition : group.partitions()) {
            writePartition(w, partition, ids);
          }
          w.writeList(
              group.losses().entrySet(),
              (to, loss) ->
                  to.writeVarInt(loss.getKey())
                      .writeVarLong(loss.getValue().epoch())
                      .writeVarLong(loss.getValue().atMost())
                      .writeVarLong(loss.getValue().total()));
        });
  }

  private static void writePartition(
      WireWriter writer, PartitionAssignment partition, IdTable ids) {
    writer.writeVarLong(partition.epoch()).writeVarLong(partition.origin());
    ids.writeNumbers(writer, partition.inSync());
    ids.writeNumbers(writer, partition.learners());
    writer.writeList(
        partition.revoked().entrySet(),
        (w, mark) -> {
          ids.writeNumber(w, mark.getKey());
          w.writeVarLong(mark.getValue());
        });
  }

  private static List<PartitionGroup> readGroups(WireReader reader, int partitionsPerGroup) {
    IdTable ids = IdTable.read(reader);
    return reader.readList(
        r -> {
          int copies = r.readVarInt();
          ReplicationMode mode = ModeCodec.read(r);
          if (partitionsPerGroup < 0 || partitionsPerGroup > r.remaining()) {
            throw new MalformedFrameException(
                "a group of " + Integer.toUnsignedString(partitionsPerGroup) + " partitions");
          }
          List<PartitionAssignment> partitions = new ArrayList<>(partitionsPerGroup);
          for (int i = 0; i < partitionsPerGroup; i++) {
            partitions.add(readPartition(r, ids));
          }
          return new PartitionGroup(copies, mode, partitions, readLosses(r));
        });
  }

  private static SortedMap<Integer, PossibleLoss> readLosses(WireReader reader) {
    SortedMap<Integer, PossibleLoss> losses = new TreeMap<>();
    for (Map.Entry<Integer, PossibleLoss> loss :
        reader.readList(
            r ->
                Map.entry(
                    r.readVarInt(),
                    new PossibleLoss(r.readVarLong(), r.readVarLong(), r.readVarLong())))) {
      losses.put(loss.getKey(), loss.getValue());
    }
    return losses;
  }

  private static PartitionAssignment readPartition(WireReader reader, IdTable ids) {
    long epoch = reader.readVarLong();
    long origin = reader.readVarLong();
    List<MemberId> inSync = ids.readNumbers(reader);
    List<MemberId> learners = ids.readNumbers(reader);
    SortedMap<MemberId, Long> revoked = new TreeMap<>();
    for (Map.Entry<MemberId, Long> mark :
        reader.readList(r -> Map.entry(ids.readNumber(r), r.readVarLong()))) {
      revoked.put(mark.getKey(), mark.getValue());
    }
    return new PartitionAssignment(epoch, origin, inSync, learners, revoked);
  }

  private static void writeCache(WireWriter writer, CacheDefinition cache) {
    writer.writeVarInt(cache.id()).writeString(cache.name()).writeVarInt(cache.group());
    CommandCodec.writeAttributes(writer, cache.attributes());
  }

  private static CacheDefinition readCache(WireReader reader) {
    return new CacheDefinition(
        reader.readVarInt(),
        reader.readString(),
        reader.readVarInt(),
        CommandCodec.readAttributes(reader));
  }
}
