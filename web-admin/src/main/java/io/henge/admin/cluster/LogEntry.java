package io.henge.admin.cluster;

import java.util.List;

/**
 * A slot of the log with all that its hash is made of: the page computes the hash again.
 *
 * @param slot its number
 * @param before the hash after the slot before, 16 hexadecimal digits
 * @param chain the hash after this slot
 * @param commands the commands as they were decided, each in hexadecimal
 * @param fitted whether each of them took effect
 */
public record LogEntry(
    long slot, String before, String chain, List<String> commands, List<Boolean> fitted) {

  public LogEntry {
    commands = List.copyOf(commands);
    fitted = List.copyOf(fitted);
  }
}
