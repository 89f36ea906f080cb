package io.henge.admin.fake;

import io.henge.replication.membership.LogChain;
import io.henge.replication.node.management.LogEntryView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The scripted log: a command or two in every slot, chained as the engine does it. */
final class ScriptedLog {

  private final List<LogEntryView> entries = new ArrayList<>();
  private long chain;

  /** The hash after the newest slot. */
  String chain() {
    return HexFormat.of().toHexDigits(chain);
  }

  /** Decides a slot. */
  void append(long slot) {
    List<byte[]> batch = new ArrayList<>();
    List<Boolean> fitted = new ArrayList<>();
    for (long i = 0; i <= slot % 2; i++) {
      batch.add(("what slot " + slot + " decided").getBytes(StandardCharsets.UTF_8));
      fitted.add(i == 0);
    }
    String before = chain();
    chain = LogChain.next(chain, slot, batch, fitted);
    boolean[] took = new boolean[fitted.size()];
    took[0] = true;
    entries.add(
        new LogEntryView(
            slot,
            before,
            chain(),
            batch.stream().map(HexFormat.of()::formatHex).toArray(String[]::new),
            took));
  }

  /** Changes a byte of what a slot decided, and nothing else: somebody forged it. */
  void tamper(long slot) {
    entries.replaceAll(
        entry -> {
          if (entry.getSlot() != slot) {
            return entry;
          }
          String[] commands = entry.getCommands();
          commands[0] = "ff" + commands[0].substring(2);
          return new LogEntryView(
              slot, entry.getBefore(), entry.getChain(), commands, entry.getFitted());
        });
  }

  LogEntryView[] after(long slot, int limit) {
    return entries.stream()
        .filter(entry -> entry.getSlot() > slot)
        .limit(limit)
        .toArray(LogEntryView[]::new);
  }
}
