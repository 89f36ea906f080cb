package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.ClientResult;
import io.henge.replication.partition.Operation;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.OperationId;
import io.henge.replication.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientEffectsTest {

  private static final MemberId SELF = new MemberId(0, 1);
  private static final MemberId OTHER = new MemberId(0, 2);
  private static final MemberId THIRD = new MemberId(0, 3);

  private final ClientEffects effects = new ClientEffects();
  private final List<Request> own = new ArrayList<>();
  private final List<MemberId> receivers = new ArrayList<>();
  private final List<Integer> planes = new ArrayList<>();

  private void run() {
    effects.run(
        SELF,
        own::add,
        (to, frame) -> {
          receivers.add(to);
          planes.add((int) frame.array()[Transport.HEADROOM]);
        });
  }

  private static Request request(int lane, int valueBytes) {
    return new Request(
        1,
        new OperationId(SELF, lane, 1),
        1,
        new EntryKey(1, new byte[] {1}),
        new Operation.Put(new byte[valueBytes], false));
  }

  @Test
  void aSingleRequestLeavesAsItIs() {
    effects.send(OTHER, request(1, 1));
    run();

    assertThat(receivers).containsExactly(OTHER);
    assertThat(planes.get(0)).isEqualTo(Frames.PARTITION);
  }

  @Test
  void requestsToTheSameMemberLeaveTogether() {
    effects.send(OTHER, request(1, 1));
    effects.send(THIRD, request(2, 1));
    effects.send(OTHER, request(3, 1));
    run();

    assertThat(receivers).containsExactly(OTHER, THIRD);
    assertThat(planes.get(0)).isEqualTo(Frames.REQUESTS);
    assertThat(planes.get(1)).isEqualTo(Frames.PARTITION);
  }

  @Test
  void largeRequestsLeaveInSeveralFrames() {
    for (int lane = 0; lane < 3; lane++) {
      effects.send(OTHER, request(lane, 48 * 1024));
    }
    run();

    assertThat(receivers).containsExactly(OTHER, OTHER, OTHER);
  }

  @Test
  void whatIsForThisMemberItselfIsNotSent() {
    Request first = request(1, 1);
    Request second = request(2, 1);
    effects.send(SELF, first);
    effects.send(SELF, second);
    run();

    assertThat(own).containsExactly(first, second);
    assertThat(receivers).isEmpty();
  }

  @Test
  void callersAreToldWhatHappened() {
    Call call = new Call();
    Call.Ended ended = new Call.Ended(new ClientResult(ClientResult.Kind.DONE, null, null));
    effects.report(call, ended);
    assertThat(effects.isEmpty()).isFalse();
    run();

    assertThat(call.await()).isSameAs(ended);
  }
}
