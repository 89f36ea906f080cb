package io.henge.admin.events;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A browser that notes down what it is sent; it can be made to read no further. */
final class FakeStream implements SseEventSink, Sse {

  final List<String> received = new CopyOnWriteArrayList<>();
  private CompletableFuture<Object> stalled;
  private boolean closed;

  /** Names of the messages so far; a comment as ":". */
  synchronized List<String> names() {
    return received.stream().map(line -> line.split(" ", 2)[0]).toList();
  }

  synchronized void stall() {
    stalled = new CompletableFuture<>();
  }

  void readOn() {
    CompletableFuture<Object> waiting;
    synchronized (this) {
      waiting = stalled;
      stalled = null;
    }
    waiting.complete(null);
  }

  @Override
  public synchronized CompletionStage<?> send(OutboundSseEvent event) {
    received.add(event.getName() == null ? ":" : event.getName() + " " + event.getData());
    return stalled == null ? CompletableFuture.completedFuture(null) : stalled;
  }

  @Override
  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  @Override
  public OutboundSseEvent.Builder newEventBuilder() {
    return new Event();
  }

  @Override
  public SseBroadcaster newBroadcaster() {
    throw new UnsupportedOperationException("not used");
  }

  /** Builder and event in one. */
  private static final class Event implements OutboundSseEvent.Builder, OutboundSseEvent {
    private String id;
    private String name;
    private String comment;
    private Object data;

    @Override
    public Builder id(String value) {
      id = value;
      return this;
    }

    @Override
    public Builder name(String value) {
      name = value;
      return this;
    }

    @Override
    public Builder reconnectDelay(long milliseconds) {
      return this;
    }

    @Override
    public Builder mediaType(MediaType value) {
      return this;
    }

    @Override
    public Builder comment(String value) {
      comment = value;
      return this;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Builder data(Class type, Object value) {
      data = value;
      return this;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Builder data(GenericType type, Object value) {
      data = value;
      return this;
    }

    @Override
    public Builder data(Object value) {
      data = value;
      return this;
    }

    @Override
    public OutboundSseEvent build() {
      return this;
    }

    @Override
    public Class<?> getType() {
      return String.class;
    }

    @Override
    public Type getGenericType() {
      return String.class;
    }

    @Override
    public MediaType getMediaType() {
      return MediaType.TEXT_PLAIN_TYPE;
    }

    @Override
    public Object getData() {
      return data;
    }

    @Override
    public String getId() {
      return id;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public String getComment() {
      return comment;
    }

    @Override
    public long getReconnectDelay() {
      return RECONNECT_NOT_SET;
    }

    @Override
    public boolean isReconnectDelaySet() {
      return false;
    }
  }
}
