package io.henge.replication.insight;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.PartitionGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The states after the last slots that this member applied, {@value #SLOTS} of them or as many as
 * fit into {@value #BYTES} bytes: a whole state now and then, and between them only what each slot
 * changed. Not thread-safe.
 */
public final class StateHistory {

  /** How many slots are kept at least, once there were as many and if they changed little. */
  public static final int SLOTS = 2048;

  /** About how many bytes are kept at most, but for those of the newest slots. */
  public static final int BYTES = 1 << 20;

  private static final int SLOTS_PER_STRETCH = 256;
  private static final int STRETCHES = SLOTS / SLOTS_PER_STRETCH + 1;
  private static final int BYTES_PER_STRETCH = BYTES / 8;

  /** Consecutive slots, the first one whole. */
  private static final class Stretch {

    final ClusterState first;
    final List<StateDelta> later = new ArrayList<>();
    int bytes;

    Stretch(ClusterState first) {
      this.first = first;
      bytes = StateDelta.bytesOfWhole(first);
    }

    long last() {
      return first.slot() + later.size();
    }

    void add(StateDelta delta) {
      later.add(delta);
      bytes += delta.bytes();
    }

    ClusterState at(long slot) {
      int count = (int) (slot - first.slot());
      if (count == 0) {
        return first;
      }
      StateRebuilder state = new StateRebuilder(first);
      later.subList(0, count).forEach(delta -> delta.applyTo(state));
      return later.get(count - 1).finish(first, slot, state);
    }
  }

  private final Deque<Stretch> stretches = new ArrayDeque<>();
  private ClusterState newest;
  private List<PartitionGroup> shells = List.of();

  /** Keeps a state. One of another cluster, or of an earlier slot, makes the history begin anew. */
  public void add(ClusterState state) {
    boolean follows =
        newest != null
            && newest.clusterId().equals(state.clusterId())
            && newest.slot() < state.slot();
    if (!follows) {
      stretches.clear();
    }
    Stretch present = stretches.peekLast();
    if (present != null && state.slot() == present.last() + 1) {
      StateDelta delta = StateDelta.between(newest, state, shells);
      shells = delta.shells();
      present.add(delta);
      if (present.later.size() == SLOTS_PER_STRETCH || present.bytes >= BYTES_PER_STRETCH) {
        // As it can be rebuilt, the new stretch shares its parts with the one before.
        stretches.addLast(new Stretch(present.at(state.slot())));
      }
    } else {
      shells = StateDelta.shells(state);
      stretches.addLast(new Stretch(state));
    }
    while (stretches.size() > STRETCHES + 1 || (stretches.size() > 2 && bytes() > BYTES)) {
      stretches.removeFirst();
    }
    newest = state;
  }

  /** About how many bytes are kept, beside the newest state itself. */
  public int bytes() {
    return stretches.stream().mapToInt(stretch -> stretch.bytes).sum();
  }

  /** The oldest slot that is kept, -1 if none is. */
  public long oldestSlot() {
    return stretches.isEmpty() ? -1 : stretches.getFirst().first.slot();
  }

  /**
   * The state after a slot.
   *
   * @return null if that slot is not kept: it is too old, has not been applied yet, or this member
   *     was given a whole state instead
   */
  public ClusterState at(long slot) {
    for (Iterator<Stretch> i = stretches.descendingIterator(); i.hasNext(); ) {
      Stretch stretch = i.next();
      if (slot > stretch.last()) {
        return null;
      }
      if (slot >= stretch.first.slot()) {
        return stretch.at(slot);
      }
    }
    return null;
  }
}
