package io.henge.replication.node.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillOrdersTest {

  private static final MemberId ASKER = new MemberId(0, 1);
  private static final MemberId ASKED = new MemberId(0, 2);
  private static final DrillMessage.Order ORDER =
      new DrillMessage.Order(77, DrillKind.CUT, 3_000_000_000L);

  private final List<DrillMessage> answers = new ArrayList<>();
  private final List<DrillMessage.Order> suffered = new ArrayList<>();
  private String refusal = "";

  private final DrillOrders asked =
      new DrillOrders(
          (to, message) -> answers.add(message),
          new DrillOrders.Sufferer() {
            @Override
            public String refusal(DrillMessage.Order order) {
              return refusal;
            }

            @Override
            public void suffer(DrillMessage.Order order) {
              suffered.add(order);
            }
          });

  private final DrillOrders asker =
      new DrillOrders((to, message) -> asked.onMessage(ASKER, copy(message)), null);

  private static DrillMessage copy(DrillMessage message) {
    WireWriter writer = new WireWriter(64);
    DrillMessage.write(writer, message);
    DrillMessage read = DrillMessage.read(new WireReader(writer.toByteArray()));
    assertThat(read).isEqualTo(message);
    return read;
  }

  @Test
  void anOrderThatComesAgainIsObeyedOnceAndAnsweredAgain() {
    asker.ask(ASKED, ORDER);
    asker.ask(ASKED, ORDER);
    assertThat(suffered).containsExactly(ORDER);
    assertThat(answers).hasSize(2);
    assertThat(asker.answer(77)).isNull();
    answers.forEach(answer -> asker.onMessage(ASKED, copy(answer)));
    assertThat(asker.answer(77)).isEmpty();
  }

  @Test
  void aRefusalIsToldAndNothingDoneAlsoWhenTheReasonIsGone() {
    refusal = "not today";
    asker.ask(ASKED, ORDER);
    refusal = "";
    asker.ask(ASKED, ORDER);
    assertThat(suffered).isEmpty();
    answers.forEach(answer -> asker.onMessage(ASKED, copy(answer)));
    assertThat(asker.answer(77)).isEqualTo("not today");
  }

  @Test
  void aDrillOfANewerVersionIsRefused() {
    WireWriter writer = new WireWriter(64).writeBoolean(true).writeLong(1).writeString("x");
    WireReader reader = new WireReader(writer.writeVarLong(0).toByteArray());
    assertThatThrownBy(() -> DrillMessage.read(reader)).isInstanceOf(MalformedFrameException.class);
  }
}
