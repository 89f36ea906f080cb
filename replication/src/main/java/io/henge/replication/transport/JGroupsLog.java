package io.henge.replication.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.IllegalFormatException;
import java.util.Locale;
import org.jgroups.logging.Log;

/**
 * The log of JGroups' connection server. What it warns of is an everyday event here (a peer died, a
 * port scanner knocked), so all goes to the debug level; only a connection that it would not accept
 * becomes a refusal, which is logged once per origin.
 */
final class JGroupsLog implements Log {

  private final Logger log;
  private final Refusals refusals;

  JGroupsLog(Logger log, Refusals refusals) {
    this.log = log;
    this.refusals = refusals;
  }

  private void write(Level level, String message, Throwable thrown) {
    log.log(level, message, thrown);
  }

  private void writeFormatted(Level level, String format, Object[] arguments) {
    if (log.isLoggable(level)) {
      log.log(level, new JGroupsText(format, arguments).toString());
    }
  }

  /** A text in the notation of {@link String#format}. */
  private record JGroupsText(String format, Object[] arguments) {

    @Override
    public String toString() {
      try {
        return String.format(Locale.ROOT, format, arguments);
      } catch (IllegalFormatException e) {
        return format;
      }
    }
  }

  @Override
  public void warn(String format, Object... arguments) {
    String origin = null;
    String reason = "its first bytes are not those of a JGroups member";
    for (Object argument : arguments) {
      if (argument instanceof Socket socket && socket.getInetAddress() != null) {
        origin = socket.getInetAddress().getHostAddress();
      } else if (argument instanceof Throwable thrown && thrown.getMessage() != null) {
        reason = thrown.getMessage();
      }
    }
    if (origin != null) {
      refusals.refuse(origin, reason);
    } else {
      writeFormatted(Level.DEBUG, format, arguments);
    }
  }

  @Override
  public void warn(String message) {
    write(Level.DEBUG, message, null);
  }

  @Override
  public void warn(String message, Throwable thrown) {
    write(Level.DEBUG, message, thrown);
  }

  @Override
  public void fatal(String message) {
    write(Level.DEBUG, message, null);
  }

  @Override
  public void fatal(String format, Object... arguments) {
    writeFormatted(Level.DEBUG, format, arguments);
  }

  @Override
  public void fatal(String message, Throwable thrown) {
    write(Level.DEBUG, message, thrown);
  }

  @Override
  public void error(String message) {
    write(Level.DEBUG, message, null);
  }

  @Override
  public void error(String format, Object... arguments) {
    writeFormatted(Level.DEBUG, format, arguments);
  }

  @Override
  public void error(String message, Throwable thrown) {
    write(Level.DEBUG, message, thrown);
  }

  @Override
  public void info(String message) {
    write(Level.DEBUG, message, null);
  }

  @Override
  public void info(String format, Object... arguments) {
    writeFormatted(Level.DEBUG, format, arguments);
  }

  @Override
  public void debug(String message) {
    write(Level.DEBUG, message, null);
  }

  @Override
  public void debug(String format, Object... arguments) {
    writeFormatted(Level.DEBUG, format, arguments);
  }

  @Override
  public void debug(String message, Throwable thrown) {
    write(Level.DEBUG, message, thrown);
  }

  @Override
  public void trace(Object object) {
    write(Level.TRACE, String.valueOf(object), null);
  }

  @Override
  public void trace(String message) {
    write(Level.TRACE, message, null);
  }

  @Override
  public void trace(String format, Object... arguments) {
    writeFormatted(Level.TRACE, format, arguments);
  }

  @Override
  public void trace(String message, Throwable thrown) {
    write(Level.TRACE, message, thrown);
  }

  @Override
  public boolean isFatalEnabled() {
    return isDebugEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return isDebugEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isInfoEnabled() {
    return isDebugEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return log.isLoggable(Level.DEBUG);
  }

  @Override
  public boolean isTraceEnabled() {
    return log.isLoggable(Level.TRACE);
  }

  /** Does nothing: the level is that of the system logger. */
  @Override
  public void setLevel(String level) {}

  @Override
  public String getLevel() {
    return isTraceEnabled() ? "trace" : isDebugEnabled() ? "debug" : "warn";
  }
}
