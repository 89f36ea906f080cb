package io.henge.replication.node;

import io.henge.replication.membership.LogEntry;
import io.henge.replication.node.management.LogEntryView;
import java.util.HexFormat;

/** Puts an entry of the log into the open types of the management interface. */
final class LogEntryViews {

  private LogEntryViews() {}

  static LogEntryView of(LogEntry entry) {
    HexFormat hex = HexFormat.of();
    boolean[] fitted = new boolean[entry.fitted().size()];
    for (int i = 0; i < fitted.length; i++) {
      fitted[i] = entry.fitted().get(i);
    }
    return new LogEntryView(
        entry.slot(),
        hex.toHexDigits(entry.before()),
        hex.toHexDigits(entry.chain()),
        entry.commands().stream().map(hex::formatHex).toArray(String[]::new),
        fitted);
  }
}
