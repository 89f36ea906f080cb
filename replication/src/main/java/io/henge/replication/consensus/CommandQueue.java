package io.henge.replication.consensus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Commands that wait for a slot or for a leader. What does not fit is dropped: callers retry. */
final class CommandQueue {

  private record Waiting(byte[] command, long since) {}

  private final ConsensusSettings settings;
  private final ArrayDeque<Waiting> commands = new ArrayDeque<>();
  private long bytes;

  CommandQueue(ConsensusSettings settings) {
    this.settings = settings;
  }

  boolean isEmpty() {
    return commands.isEmpty();
  }

  /** Adds the command; false if the queue is full. */
  boolean offer(byte[] command, long now) {
    if (commands.size() == settings.maxQueuedCommands()
        || bytes + command.length > settings.memoryBound()) {
      return false;
    }
    commands.add(new Waiting(command, now));
    bytes += command.length;
    return true;
  }

  /** Takes the oldest commands that fit one slot; none if the queue is empty. */
  List<byte[]> takeBatch() {
    List<byte[]> batch = new ArrayList<>();
    long batchBytes = 0;
    while (!commands.isEmpty()
        && batch.size() < settings.maxBatchCommands()
        && batchBytes + commands.peek().command().length <= settings.maxBatchBytes()) {
      byte[] command = commands.remove().command();
      batchBytes += command.length;
      batch.add(command);
    }
    bytes -= batchBytes;
    return batch;
  }

  /**
   * Takes the oldest command, to forward it; null if its caller has repeated it since: a member
   * that was cut off for long must not flood its leader with all it tried meanwhile.
   */
  byte[] takeToForward(long now) {
    Waiting oldest = commands.remove();
    bytes -= oldest.command().length;
    return now - oldest.since() < settings.electionTimeout() ? oldest.command() : null;
  }
}
