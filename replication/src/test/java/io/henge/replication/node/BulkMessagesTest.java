package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.AnswerStatus;
import io.henge.replication.partition.ClientResult;
import io.henge.replication.partition.ClientSettings;
import io.henge.replication.partition.Operation;
import io.henge.replication.partition.PartitionCodec;
import io.henge.replication.partition.PartitionMessage.Answer;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.Lifetimes;
import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.Transport;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How many messages operations on very many keys take; three other members lead them. */
class BulkMessagesTest {

  private static final int KEYS = 100_000;
  private static final int BATCH = 64;
  private static final int MEMBERS = 3;

  /** A frame with requests: to whom, and how many. */
  private record Sent(MemberId to, int requests) {}

  private final List<Sent> sent = new ArrayList<>();
  private final LocalDelivery local =
      new LocalDelivery(
          message -> {
            throw new AssertionError("this member leads nothing");
          });
  private final ClientPlane plane =
      new ClientPlane(
          new MemberId(0, 9),
          ClientSettings.withTimeout(10_000_000_000L),
          new FixedRoutes(partition -> new MemberId(0, partition % MEMBERS)),
          this::receive,
          local,
          operation -> {},
          () -> 0);

  private void receive(MemberId to, WireWriter frame) {
    WireReader reader =
        new WireReader(frame.array(), Transport.HEADROOM, frame.size() - Transport.HEADROOM);
    List<Request> requests =
        switch (reader.readByte()) {
          case Frames.REQUESTS -> Frames.requests(reader);
          case Frames.PARTITION -> List.of((Request) PartitionCodec.read(reader));
          default -> throw new AssertionError("neither requests nor a request");
        };
    sent.add(new Sent(to, requests.size()));
    for (Request request : requests) {
      plane.onAnswer(
          new Answer(
              request.partition(),
              request.id(),
              request.attempt(),
              AnswerStatus.DONE,
              new byte[] {1},
              7));
    }
  }

  private static List<ClientPlane.Item> items(IntFunction<Operation> operation) {
    List<ClientPlane.Item> items = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      byte[] key = ByteBuffer.allocate(4).putInt(i).array();
      items.add(new ClientPlane.Item(i % 256, new EntryKey(1, key), operation.apply(i)));
    }
    return items;
  }

  private void assertOneMessagePerMemberAndBatch() {
    int batches = (KEYS + BATCH - 1) / BATCH;
    assertThat(sent).hasSize(batches * MEMBERS);
    Map<MemberId, Integer> byMember =
        sent.stream().collect(Collectors.groupingBy(Sent::to, Collectors.summingInt(each -> 1)));
    assertThat(byMember).hasSize(MEMBERS).values().containsOnly(batches);
    assertThat(sent.stream().mapToInt(Sent::requests).sum()).isEqualTo(KEYS);
  }

  @Test
  void aWriteOfVeryManyKeysTakesOneMessagePerMemberAndBatch() {
    List<ClientResult> results =
        plane.callAll(items(i -> new Operation.Put(new byte[10], false, Lifetimes.NONE)));
    assertThat(results).hasSize(KEYS).allMatch(each -> each.kind() == ClientResult.Kind.DONE);
    assertOneMessagePerMemberAndBatch();
  }

  @Test
  void aReadOfVeryManyKeysTakesOneMessagePerMemberAndBatch() {
    assertThat(plane.callAll(items(i -> new Operation.Get()))).hasSize(KEYS);
    assertOneMessagePerMemberAndBatch();
  }
}
