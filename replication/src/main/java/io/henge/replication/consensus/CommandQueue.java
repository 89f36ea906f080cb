package io.henge.replication.consensus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Commands that wait for a slot or for a leader. What does not fit is dropped: callers retry. */
final class CommandQueue {

  private final ConsensusSettings settings;
  private final ArrayDeque<byte[]> commands = new ArrayDeque<>();
  private long bytes;

  CommandQueue(ConsensusSettings settings) {
    this.settings = settings;
  }

  boolean isEmpty() {
    return commands.isEmpty();
  }

  /** Adds the command; false if the queue is full. */
  boolean offer(byte[] command) {
    if (commands.size() == settings.maxQueuedCommands()
        || bytes + command.length > settings.memoryBound()) {
      return false;
    }
    commands.add(command);
    bytes += command.length;
    return true;
  }

  /** Takes the oldest commands that fit one slot; none if the queue is empty. */
  List<byte[]> takeBatch() {
    List<byte[]> batch = new ArrayList<>();
    long batchBytes = 0;
    while (!commands.isEmpty()
        && batch.size() < settings.maxBatchCommands()
        && batchBytes + commands.peek().length <= settings.maxBatchBytes()) {
      byte[] command = commands.remove();
      batchBytes += command.length;
      batch.add(command);
    }
    bytes -= batchBytes;
    return batch;
  }

  /** Takes the oldest command; the queue must not be empty. */
  byte[] take() {
    byte[] command = commands.remove();
    bytes -= command.length;
    return command;
  }
}
