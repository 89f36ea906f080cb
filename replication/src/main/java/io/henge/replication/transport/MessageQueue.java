package io.henge.replication.transport;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jgroups.Message;

/** A first-in-first-out queue, bounded by messages and by bytes; a full queue refuses. */
final class MessageQueue {

  private final int mostMessages;
  private final long mostBytes;
  private final ConcurrentLinkedQueue<Message> messages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  MessageQueue(int mostMessages, long mostBytes) {
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
  }

  /** Adds a message unless that would exceed a bound. */
  boolean offer(Message message) {
    int length = message.getLength();
    if (count.incrementAndGet() > mostMessages) {
      count.decrementAndGet();
      return false;
    }
    if (bytes.addAndGet(length) > mostBytes) {
      bytes.addAndGet(-length);
      count.decrementAndGet();
      return false;
    }
    messages.add(message);
    return true;
  }

  /** The first message, left in the queue, or null. */
  Message peek() {
    return messages.peek();
  }

  /** Takes the first message, or null. */
  Message poll() {
    Message message = messages.poll();
    if (message != null) {
      bytes.addAndGet(-message.getLength());
      count.decrementAndGet();
    }
    return message;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }
}
