package io.henge.replication.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.Message;
import org.jgroups.stack.IpAddress;

/**
 * The way out to one peer. At most one thread writes at a time; whoever comes meanwhile queues. A
 * caller that finds the link idle, connected and with room in the {@link SendWindow} writes to the
 * socket itself, which cannot block then; everything else is written by a thread of the executor,
 * which may block as long as the peer does, and delays nobody but this peer. Urgent messages leave
 * first; a large frame leaves in fragments, at most one in each batch.
 */
final class PeerLink {

  /** Writes to the network. */
  interface Wire {
    /** Whether a connection stands, so that a write need not open one. */
    boolean isConnected(IpAddress address);

    /** Writes on the connection that stands; fails if there is none any more. */
    void writeConnected(IpAddress address, List<Message> batch) throws IOException;

    /** Opens a connection if need be and writes; may block. */
    void write(IpAddress address, List<Message> batch) throws IOException;
  }

  /** What happened to messages. */
  interface Outcome {
    void sent(int frames);

    void dropped(int frames);

    void failed(PeerLink link, IOException cause);
  }

  private static final int BATCH_BYTES = 64 * 1024;
  private static final int BATCHES_IN_CALLER = 4;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Wire wire;
  private final Executor executor;
  private final Outcome outcome;
  private final Cork cork;
  private final boolean writesInCaller;
  private final MessageQueue urgent;
  private final MessageQueue ordinary;
  private final LargeQueue large;
  private final SendWindow window;
  private final AtomicBoolean writing = new AtomicBoolean();

  private volatile IpAddress address;
  private volatile boolean closed;
  private volatile boolean paused;
  private volatile long pausedUntil;
  private long pause = FIRST_PAUSE_NANOS;

  PeerLink(
      IpAddress address,
      SendWindow window,
      Wire wire,
      Executor executor,
      Outcome outcome,
      Cork cork,
      boolean writesInCaller,
      int mostMessages,
      long mostBytes,
      long mostLargeBytes) {
    this.address = address;
    this.window = window;
    this.wire = wire;
    this.executor = executor;
    this.outcome = outcome;
    this.cork = cork;
    this.writesInCaller = writesInCaller;
    this.urgent = new MessageQueue(mostMessages, mostBytes);
    this.ordinary = new MessageQueue(mostMessages, mostBytes);
    this.large = new LargeQueue(mostLargeBytes);
  }

  IpAddress address() {
    return address;
  }

  void moveTo(IpAddress newAddress) {
    address = newAddress;
    paused = false;
    abandonLarge();
    window.reset();
  }

  SendWindow window() {
    return window;
  }

  /** Whether some more bytes would surely fit: nobody is stuck in a write, and the peer reads. */
  boolean canSayGoodbye() {
    return !writing.get() && window.hasRoom(0);
  }

  /** Sends or queues a message; never blocks. A message that finds no room is dropped. */
  void send(Message message) {
    if (closed || isPaused()) {
      dropped(message);
      return;
    }
    if (message instanceof LargeMessage frame) {
      sendLarge(frame);
      return;
    }
    boolean held = cork.holds(this);
    boolean writer = !held && writing.compareAndSet(false, true);
    if (writer && hasNothingQueued() && canWriteNow(message)) {
      writeInCaller(List.of(message));
      writeQueued();
      return;
    }
    MessageQueue queue = isUrgent(message) ? urgent : ordinary;
    if (!queue.offer(message)) {
      dropped(message);
    }
    if (writer) {
      writeQueued();
    } else if (!held) {
      flush();
    }
  }

  private void sendLarge(LargeMessage frame) {
    if (!large.offer(frame)) {
      dropped(frame);
    }
    continueLarge();
  }

  /** Goes on with large frames if the peer has read enough; called when it says how far it is. */
  void continueLarge() {
    if (mayWriteLarge() && writing.compareAndSet(false, true)) {
      handOver();
    }
  }

  /** Whether a large frame is on its way. */
  boolean isSendingLarge() {
    return !large.isEmpty();
  }

  /** Gives up the large frames: a part of the first one is lost. */
  void abandonLarge() {
    int gone = large.clear();
    if (gone > 0) {
      outcome.dropped(gone);
    }
  }

  private boolean mayWriteLarge() {
    return large.isReady(window.acknowledged());
  }

  /** Has what is queued written, unless a writer is at it already. */
  void flush() {
    if (!hasNothingQueued() && writing.compareAndSet(false, true)) {
      writeQueued();
    }
  }

  /** Drops what is queued and accepts nothing until {@link #open}. */
  void close() {
    closed = true;
    dropQueued();
  }

  /** Accepts messages again. */
  void open() {
    closed = false;
  }

  boolean isClosed() {
    return closed;
  }

  private static boolean isUrgent(Message message) {
    return !(message instanceof FrameMessage frame) || frame.isUrgent();
  }

  private boolean hasNothingQueued() {
    return urgent.isEmpty() && ordinary.isEmpty();
  }

  private boolean canWriteNow(Message message) {
    return writesInCaller && window.hasRoom(message.getLength()) && wire.isConnected(address);
  }

  /**
   * As the writer: writes a few batches at once where that cannot block, and leaves the rest to a
   * thread of the executor, so that no caller is kept busy with what others send.
   */
  private void writeQueued() {
    for (int i = 0; i < BATCHES_IN_CALLER && !hasNothingQueued(); i++) {
      if (!writesInCaller || !wire.isConnected(address)) {
        break;
      }
      List<Message> batch = nextBatch(window.room());
      if (batch.isEmpty()) {
        break;
      }
      writeInCaller(batch);
    }
    if (hasNothingQueued()) {
      release();
    } else {
      handOver();
    }
  }

  /** As the writer: lets the next one write. */
  private void release() {
    writing.set(false);
    // A message queued since the last look would otherwise wait for the next send.
    if ((!hasNothingQueued() || mayWriteLarge()) && writing.compareAndSet(false, true)) {
      handOver();
    }
  }

  private void handOver() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException closing) {
      dropQueued();
      writing.set(false);
    }
  }

  private void drain() {
    while (true) {
      List<Message> batch = nextBatch(Long.MAX_VALUE);
      if (mayWriteLarge()) {
        FrameMessage fragment = large.next();
        if (fragment != null) {
          batch.add(fragment);
        }
      }
      if (batch.isEmpty()) {
        release();
        return;
      }
      try {
        stamp(batch);
        wire.write(address, batch);
        outcome.sent(frames(batch));
        pause = FIRST_PAUSE_NANOS;
      } catch (IOException e) {
        outcome.dropped(frames(batch));
        pauseAfterFailure();
        outcome.failed(this, e);
      }
    }
  }

  private void writeInCaller(List<Message> batch) {
    try {
      stamp(batch);
      wire.writeConnected(address, batch);
      outcome.sent(frames(batch));
    } catch (IOException e) {
      outcome.dropped(frames(batch));
      outcome.failed(this, e);
    }
  }

  private void stamp(List<Message> batch) {
    for (Message message : batch) {
      if (message instanceof FrameMessage frame) {
        if (frame.isCharged()) {
          window.advance(frame.getArray(), frame.getLength());
          if (frame.isFragment()) {
            large.written(window.position());
          }
        } else {
          window.stamp(frame.getArray());
        }
      }
    }
  }

  /** As the writer: takes the next messages, urgent ones first, as many as fit the room. */
  private List<Message> nextBatch(long room) {
    List<Message> batch = new ArrayList<>();
    long bytes = 0;
    long charged = 0;
    while (bytes < BATCH_BYTES) {
      MessageQueue queue = urgent.isEmpty() ? ordinary : urgent;
      Message next = queue.peek();
      if (next == null) {
        break;
      }
      charged += next.getLength() + SendWindow.FRAME_CHARGE;
      if (charged > room) {
        break;
      }
      bytes += next.getLength();
      Message taken = queue.poll();
      if (taken == null) {
        break; // closed meanwhile, which empties the queues
      }
      batch.add(taken);
    }
    return batch;
  }

  /** Spares a peer that cannot be reached a connection attempt for every frame. */
  private void pauseAfterFailure() {
    pausedUntil = System.nanoTime() + pause;
    paused = true;
    pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    dropQueued();
  }

  private boolean isPaused() {
    if (paused && System.nanoTime() - pausedUntil >= 0) {
      paused = false;
    }
    return paused;
  }

  private void dropQueued() {
    abandonLarge();
    for (MessageQueue queue : List.of(urgent, ordinary)) {
      for (Message message = queue.poll(); message != null; message = queue.poll()) {
        dropped(message);
      }
    }
  }

  private void dropped(Message message) {
    outcome.dropped(frames(List.of(message)));
  }

  /** How many of the messages carry frames; the others are JGroups' own or acknowledgements. */
  private static int frames(List<Message> messages) {
    int frames = 0;
    for (Message message : messages) {
      boolean whole = message instanceof FrameMessage frame && frame.carriesFrame();
      if (whole || message instanceof LargeMessage) {
        frames++;
      }
    }
    return frames;
  }
}
