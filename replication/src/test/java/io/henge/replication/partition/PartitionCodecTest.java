package io.henge.replication.partition;

import static io.henge.replication.partition.ReplicaNetwork.CALLER;
import static io.henge.replication.partition.ReplicaNetwork.bytes;
import static io.henge.replication.partition.ReplicaNetwork.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Append;
import io.henge.replication.partition.PartitionMessage.Appended;
import io.henge.replication.partition.PartitionMessage.ChunkReceived;
import io.henge.replication.partition.PartitionMessage.LearnerStatus;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.partition.PartitionMessage.SnapshotChunk;
import io.henge.replication.partition.PartitionMessage.SnapshotEntry;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.OperationId;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartitionCodecTest {

  private static final Lifetimes LIFETIMES = new Lifetimes(5, Lifetimes.UNCHANGED, 0);

  private static final OperationId ID = new OperationId(CALLER, 7, Long.MAX_VALUE);
  private static final byte[] VALUE = bytes("value");

  private static List<Operation> operations() {
    return List.of(
        new Operation.Get(),
        new Operation.Put(VALUE, true),
        new Operation.PutIfAbsent(VALUE),
        new Operation.Remove(true),
        new Operation.RemoveIfEquals(VALUE),
        new Operation.Replace(VALUE, false),
        new Operation.ReplaceIfEquals(VALUE, new byte[0]),
        new Operation.Clear(),
        new Operation.RunProcessor(VALUE),
        new Operation.Reserve(),
        new Operation.Abandon(),
        new Operation.Get(0),
        new Operation.Get(Lifetimes.ETERNAL),
        new Operation.Put(VALUE, true, LIFETIMES),
        new Operation.PutIfAbsent(VALUE, LIFETIMES),
        new Operation.RemoveIfEquals(VALUE, LIFETIMES),
        new Operation.Replace(VALUE, true, LIFETIMES),
        new Operation.ReplaceIfEquals(VALUE, VALUE, LIFETIMES),
        new Operation.Complete(5, Operation.Change.NONE, null, VALUE, 1L << 62),
        new Operation.Complete(-5, Operation.Change.SET, VALUE, null),
        new Operation.Complete(5, Operation.Change.NONE, null, VALUE),
        new Operation.Complete(5, Operation.Change.REMOVE, null, VALUE),
        new Operation.Complete(0, Operation.Change.VOID, null, null),
        new Operation.Scan(VALUE, 1 << 18));
  }

  private static List<PartitionMessage> messages() {
    Outcome outcome = new Outcome(true, VALUE);
    List<PartitionMessage> all = new ArrayList<>();
    all.add(
        new Append(
            3,
            9,
            100,
            103,
            101,
            List.of(
                new Effect(101, ID, Effect.Kind.PUT, key("key"), VALUE, outcome),
                new Effect(102, ID, Effect.Kind.REMOVE, key(""), null, new Outcome(false, null)),
                new Effect(103, null, Effect.Kind.CLEAR, key("key"), null, outcome),
                new Effect(104, ID, Effect.Kind.NONE, key("key"), null, outcome),
                new Effect(105, ID, Effect.Kind.PUT, key("key"), VALUE, outcome, 1L << 50),
                new Effect(106, null, Effect.Kind.TOUCH, key("key"), null, outcome, 0),
                new Effect(107, null, Effect.Kind.EXPIRE, key("key"), null, outcome),
                new Effect(108, null, Effect.Kind.EVICT, key("key"), null, outcome)),
            99,
            1L << 50));
    all.add(new Append(0, Long.MAX_VALUE, 0, 0, 1, List.of(), 0, 5));
    all.add(new Appended(3, 9, 12, 101, true));
    all.add(new LearnerStatus(3, 9, 100, true, 1L << 40, 17));
    all.add(
        new SnapshotChunk(
            3,
            9,
            77,
            100,
            2,
            List.of(new SnapshotEntry(key("key"), VALUE, 55, 77)),
            List.of(new LaneRecord(ID, 5, outcome), new LaneRecord(ID, 6, null)),
            true,
            120,
            3));
    all.add(new ChunkReceived(3, 9, 77, 2));
    all.add(new PartitionMessage.AnswerLimit(3, 9, 4, 1L << 40));
    all.add(new PartitionMessage.AnswerLimitKnown(3, 9, 4));
    all.add(new PartitionMessage.TailWanted(3, 9, 1L << 40));
    all.add(new PartitionMessage.Used(3, 9, List.of(key("key"), key(""))));
    all.add(
        new PartitionMessage.Tail(
            3,
            9,
            102,
            120,
            List.of(new Effect(101, ID, Effect.Kind.PUT, key("key"), VALUE, outcome))));
    all.add(new PartitionMessage.ChangesTaken(3, 1L << 40));
    all.add(new PartitionMessage.ChangesWanted(3, 1, -1, false, List.of()));
    all.add(
        new PartitionMessage.ChangesWanted(
            3,
            9,
            1L << 40,
            true,
            List.of(new CacheInterest(1, true, 1, false), new CacheInterest(2, false, 9, true))));
    all.add(new PartitionMessage.Changes(3, 1, -1, 0, 100, List.of()));
    all.add(
        new PartitionMessage.Changes(
            3,
            9,
            100,
            101,
            110,
            List.of(
                new Change(102, Change.Kind.CREATED, key("key"), null, VALUE, true),
                new Change(103, Change.Kind.UPDATED, key("key"), VALUE, VALUE, false),
                new Change(109, Change.Kind.REMOVED, key("key"), VALUE, null, false),
                new Change(110, Change.Kind.EXPIRED, key("key"), null, null, true))));
    for (Operation operation : operations()) {
      all.add(new Request(3, ID, 4, key("key"), operation));
    }
    for (AnswerStatus status : AnswerStatus.values()) {
      all.add(new Answer(3, ID, 4, status, VALUE, -8));
    }
    all.add(new Answer(3, ID, 0, AnswerStatus.DONE, null, 0));
    return all;
  }

  private static byte[] encode(PartitionMessage message) {
    WireWriter out = new WireWriter(16);
    PartitionCodec.write(out, message);
    return out.toByteArray();
  }

  private static PartitionMessage decode(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    PartitionMessage message = PartitionCodec.read(in);
    in.expectEnd();
    return message;
  }

  @Test
  void everyMessageComesBackAsItWas() {
    for (PartitionMessage message : messages()) {
      assertThat(decode(encode(message)))
          .as(message.getClass().getSimpleName())
          .usingRecursiveComparison()
          .isEqualTo(message);
    }
  }

  @Test
  void everyMessageAndOperationIsAmongThem() {
    assertThat(messages().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(records(PartitionMessage.class));
    assertThat(operations().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(records(Operation.class));
  }

  /** The records of a sealed type, those of the sealed types under it included. */
  private static List<Class<?>> records(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .distinct()
        .flatMap(each -> each.isSealed() ? records(each).stream() : Stream.<Class<?>>of(each))
        .toList();
  }

  @Test
  void everyPrefixOfAMessageIsRefused() {
    for (PartitionMessage message : messages()) {
      byte[] whole = encode(message);
      for (int length = 0; length < whole.length; length++) {
        byte[] prefix = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> decode(prefix))
            .as("%d of %d bytes of %s", length, whole.length, message)
            .isInstanceOf(MalformedFrameException.class);
      }
    }
  }

  @Test
  void damagedMessagesAreReadOrRefusedAndNothingElse() {
    Random random = new Random(42);
    for (PartitionMessage message : messages()) {
      byte[] whole = encode(message);
      for (int i = 0; i < 2_000; i++) {
        byte[] damaged = whole.clone();
        for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        readOrRefuse(damaged);
      }
    }
  }

  @Test
  void randomBytesAreReadOrRefusedAndNothingElse() {
    Random random = new Random(43);
    for (int i = 0; i < 50_000; i++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      if (noise.length > 0 && i % 2 == 0) {
        noise[0] = (byte) (1 + random.nextInt(7)); // a type that there is
      }
      readOrRefuse(noise);
    }
  }

  @SuppressWarnings("EmptyCatch") // either is right; any other exception fails the test
  private static void readOrRefuse(byte[] bytes) {
    try {
      decode(bytes);
    } catch (MalformedFrameException expected) {
      // Refused.
    }
  }

  @Test
  void aFrameWhoseEffectsDoNotFollowEachOtherIsRefused() {
    Effect effect =
        new Effect(102, ID, Effect.Kind.NONE, key("key"), null, new Outcome(true, null));
    byte[] bytes = encode(new Append(0, 9, 100, 100, 101, List.of(effect), 99, 7));
    assertThatThrownBy(() -> decode(bytes)).isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void anEffectWithoutItsPartsIsRefused() {
    Outcome outcome = new Outcome(true, null);
    for (Effect effect :
        List.of(
            new Effect(1, ID, Effect.Kind.PUT, key("key"), null, outcome),
            new Effect(1, ID, Effect.Kind.REMOVE, key("key"), VALUE, outcome),
            new Effect(1, ID, Effect.Kind.NONE, key("key"), null, null))) {
      byte[] bytes = encode(new Append(0, 9, 0, 0, 1, List.of(effect), 0, 7));
      assertThatThrownBy(() -> decode(bytes)).isInstanceOf(MalformedFrameException.class);
    }
  }

  @Test
  void aCompletionWithoutItsValueIsRefused() {
    byte[] bytes =
        encode(
            new Request(
                0, ID, 1, key("k"), new Operation.Complete(1, Operation.Change.SET, null, null)));
    assertThatThrownBy(() -> decode(bytes)).isInstanceOf(MalformedFrameException.class);
  }
}
