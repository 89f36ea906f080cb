package io.henge.admin.events;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * One browser on the stream. Messages are offered by the feed and written by one task at a time, so
 * that a slow browser delays nobody. When its mailbox is full it is emptied, and the browser is
 * told to read everything afresh as soon as it reads at all.
 */
final class StreamClient {

  private static final Logger LOGGER = System.getLogger(StreamClient.class.getName());
  private static final int MAILBOX = 64;
  private static final int PATIENCE_SECONDS = 30;

  /** A message as it goes out; a null name makes it a comment. */
  private record Line(String name, String text) {}

  private final SseEventSink sink;
  private final Sse sse;
  private final Function<Object, String> json;
  private final Executor executor;
  private final Queue<Line> mailbox = new ArrayDeque<>();
  private boolean writing;
  private boolean behind;
  private boolean closed;
  private long sent;

  StreamClient(SseEventSink sink, Sse sse, Function<Object, String> json, Executor executor) {
    this.sink = sink;
    this.sse = sse;
    this.json = json;
    this.executor = executor;
  }

  /** Takes a message; never blocks. */
  void offer(Message message) {
    put(line(message));
  }

  private Line line(Message message) {
    return new Line(message.name(), message.text(json));
  }

  private synchronized void put(Line line) {
    if (closed || behind) {
      return;
    }
    if (mailbox.size() == MAILBOX) {
      mailbox.clear();
      behind = true;
    } else {
      mailbox.add(line);
    }
    startWriting();
  }

  /** Keeps proxies and the browser from giving the stream up; tells us when it is gone. */
  void keepAlive() {
    put(new Line(null, "keep-alive"));
  }

  synchronized boolean isClosed() {
    return closed || sink.isClosed();
  }

  synchronized void close() {
    closed = true;
    mailbox.clear();
    sink.close();
  }

  private void startWriting() {
    if (writing) {
      return;
    }
    writing = true;
    try {
      executor.execute(this::write);
    } catch (RejectedExecutionException stopping) {
      LOGGER.log(Level.DEBUG, "The server is stopping; the stream ends", stopping);
      close();
    }
  }

  private void write() {
    for (Line line = next(); line != null; line = next()) {
      try {
        sink.send(event(line)).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        close();
      } catch (ExecutionException | TimeoutException | IllegalStateException gone) {
        LOGGER.log(Level.DEBUG, "A browser left the stream", gone);
        close();
      }
    }
  }

  private synchronized Line next() {
    Line line = closed ? null : mailbox.poll();
    if (line == null && behind && !closed) {
      behind = false;
      line = line(Message.resync("This page was too slow to follow."));
    }
    if (line == null) {
      writing = false;
    }
    return line;
  }

  private OutboundSseEvent event(Line line) {
    if (line.name() == null) {
      return sse.newEventBuilder().comment(line.text()).build();
    }
    sent++;
    return sse.newEventBuilder()
        .id(Long.toString(sent))
        .name(line.name())
        .mediaType(MediaType.TEXT_PLAIN_TYPE)
        .data(String.class, line.text())
        .build();
  }
}
