package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.ControlEvent;
import io.henge.replication.node.drill.DrillGuard;
import io.henge.replication.node.drill.DrillKind;
import io.henge.replication.node.drill.DrillMessage;
import io.henge.replication.node.drill.DrillOrders;
import io.henge.replication.topology.MemberId;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What becomes of this member in a drill that it allows. Thread-safe. */
final class MemberDrills implements DrillOrders.Sufferer {

  private final MemberId self;
  private final Set<DrillKind> allowed;
  private final Supplier<ClusterState> state;
  private final Cut cut;
  private final Runnable crash;
  private final Consumer<ControlEvent> events;

  /**
   * Creates one.
   *
   * @param state the last applied state, null before this member is in a cluster
   * @param crash has this life end a moment later, on another thread
   * @param events hears of each drill
   */
  MemberDrills(
      MemberId self,
      Set<DrillKind> allowed,
      Supplier<ClusterState> state,
      Cut cut,
      Runnable crash,
      Consumer<ControlEvent> events) {
    this.self = self;
    this.allowed = allowed;
    this.state = state;
    this.cut = cut;
    this.crash = crash;
    this.events = events;
  }

  @Override
  public String refusal(DrillMessage.Order order) {
    ClusterState now = state.get();
    String refusal = DrillGuard.refusal(now, self, allowed, order.kind());
    if (refusal.isEmpty() && cut.is()) {
      return "it is cut off already";
    }
    boolean cuts = order.kind() == DrillKind.CUT;
    long millis = TimeUnit.NANOSECONDS.toMillis(order.nanos());
    return refusal.isEmpty() && cuts && (millis < 1 || millis > DrillGuard.mostCutMillis(now))
        ? "a cut of " + millis + " ms; must be from 1 to " + DrillGuard.mostCutMillis(now)
        : refusal;
  }

  @Override
  public void suffer(DrillMessage.Order order) {
    switch (order.kind()) {
      case CRASH -> {
        tell("ends as if it had been killed, and begins again: a drill");
        crash.run();
      }
      case CUT -> {
        tell(
            "neither sends nor hears anything for "
                + TimeUnit.NANOSECONDS.toMillis(order.nanos())
                + " ms: a drill");
        cut.begin(order.nanos());
      }
    }
  }

  private void tell(String text) {
    events.accept(new ControlEvent(ControlEvent.Kind.DRILL, self, text));
  }
}
