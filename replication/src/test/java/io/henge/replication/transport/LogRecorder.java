package io.henge.replication.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Collects the warnings and errors that the transport and JGroups log. */
final class LogRecorder extends Handler implements AutoCloseable {

  final List<String> warnings = new CopyOnWriteArrayList<>();

  // The log manager holds loggers weakly.
  private final List<Logger> loggers =
      List.of(Logger.getLogger("io.henge.replication.transport"), Logger.getLogger("org.jgroups"));

  LogRecorder() {
    loggers.forEach(logger -> logger.addHandler(this));
  }

  @Override
  public void publish(LogRecord logged) {
    if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
      warnings.add(new SimpleFormatter().formatMessage(logged));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    loggers.forEach(logger -> logger.removeHandler(this));
  }
}
