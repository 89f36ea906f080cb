package io.henge.replication.membership;

import java.util.List;

/**
 * A slot of the log with all that its hash is made of, so that whoever has it can compute the hash
 * again: {@link LogChain#next}.
 *
 * @param slot its number
 * @param before the hash after the slot before
 * @param chain the hash after this one
 * @param commands the batch as it was decided; empty for a slot that only ended somebody's doubt
 * @param fitted whether each of the commands took effect
 */
public record LogEntry(
    long slot, long before, long chain, List<byte[]> commands, List<Boolean> fitted) {

  public LogEntry {
    commands = List.copyOf(commands);
    fitted = List.copyOf(fitted);
  }

  /** Bytes of all commands. */
  public int bytes() {
    return commands.stream().mapToInt(command -> command.length).sum();
  }
}
