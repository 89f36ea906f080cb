package io.henge.replication.membership;

import io.henge.replication.consensus.AcceptorState;
import io.henge.replication.consensus.Ballot;
import io.henge.replication.consensus.Proposal;
import io.henge.replication.topology.MemberId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps this member's {@link Memory} on disk: what changed is appended, and when the file has grown
 * it is replaced by the whole. Says what has to wait until that is done. Without a data directory
 * it keeps nothing and nothing waits.
 *
 * <p>Open for subclasses only so that tests can leave out a rule. Not thread-safe.
 */
public class MemoryKeeper {

  private static final int MOST_WAITING = 256;
  private static final int LEAST_GROWTH = 64 * 1024;
  private static final int GROWTH = 4;

  private record Waiting(long number, Runnable step) {}

  private final ControlOutput output;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private Memory memory;
  private long wholeBytes;
  private long appendedBytes;

  /** Names the last write that was asked for; writes since have no number yet. */
  private long awaited;

  private long stored;
  private boolean dirty;

  /** Keeps a member's memory; {@code memory} is what is on disk already, null to keep nothing. */
  public MemoryKeeper(ControlOutput output, Memory memory) {
    this.output = output;
    this.memory = memory;
  }

  /** What is remembered; null without a data directory. */
  public Memory memory() {
    return memory;
  }

  boolean durable() {
    return memory != null;
  }

  AcceptorState acceptor() {
    return durable() ? memory.acceptor() : AcceptorState.NEW;
  }

  /** This member is in a cluster, or got a later state of it than it could apply. */
  void entered(ClusterState state) {
    if (durable()) {
      memory = memory.with(state);
      replace();
    }
  }

  /** This member is in another cluster, of which it has promised and accepted nothing yet. */
  void foundedAgain(ClusterState first) {
    if (durable()) {
      memory =
          new Memory(memory.voter(), memory.start(), AcceptorState.NEW, first, memory.founding());
      replace();
    }
  }

  void applied(long slot, List<byte[]> batch, ClusterState after) {
    if (durable()) {
      memory = memory.with(after);
      append(new MemoryRecord.Applied(slot, batch));
    }
  }

  void promised(Ballot ballot) {
    if (durable()) {
      memory = memory.with(memory.acceptor().promising(ballot));
      append(new MemoryRecord.Promised(ballot));
    }
  }

  void accepted(Proposal proposal) {
    if (durable()) {
      memory = memory.with(memory.acceptor().accepting(proposal));
      append(new MemoryRecord.Accepted(proposal));
    }
  }

  void foundingPromised(Ballot ballot) {
    memory = memory.with(memory.founding().promising(ballot));
    append(new MemoryRecord.FoundingPromised(ballot));
  }

  void foundingAccepted(Ballot ballot, ClusterState slotZero) {
    memory = memory.with(memory.founding().accepting(ballot, slotZero));
    append(new MemoryRecord.FoundingAccepted(ballot, slotZero));
  }

  /** The cluster is given up for another one: nothing of it counts any more. */
  void forget(MemberId nextVoter) {
    if (durable()) {
      Memory empty = Memory.empty(nextVoter);
      memory =
          new Memory(nextVoter, memory.start(), empty.acceptor(), empty.state(), empty.founding());
      replace();
      awaitStored();
    }
  }

  /**
   * Asks for {@link #stored} when all so far is safe.
   *
   * @return the number to wait for, 0 if there is nothing to wait for
   */
  public long awaitStored() {
    if (dirty) {
      dirty = false;
      output.awaitStored(++awaited);
    }
    return awaited > stored ? awaited : 0;
  }

  /** Runs the step when all so far is safe, at once if it is; bounded, the asker repeats itself. */
  void whenSafe(Runnable step) {
    long number = awaitStored();
    if (number == 0) {
      step.run();
    } else if (waiting.size() < MOST_WAITING) {
      waiting.addLast(new Waiting(number, step));
    }
  }

  /** All that was awaited up to {@code number} is safe. */
  void stored(long number) {
    stored = Math.max(stored, number);
    while (!waiting.isEmpty() && waiting.getFirst().number() <= number) {
      waiting.removeFirst().step().run();
    }
  }

  private void append(MemoryRecord record) {
    if (appendedBytes > Math.max(LEAST_GROWTH, GROWTH * wholeBytes)) {
      replace();
      return;
    }
    byte[] bytes = MemoryCodec.encode(record);
    appendedBytes += bytes.length;
    dirty = true;
    output.store(bytes, false);
  }

  private void replace() {
    byte[] bytes = MemoryCodec.encode(new MemoryRecord.Whole(memory));
    wholeBytes = bytes.length;
    appendedBytes = 0;
    dirty = true;
    output.store(bytes, true);
  }
}
