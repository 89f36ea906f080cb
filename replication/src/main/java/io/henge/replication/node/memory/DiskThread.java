package io.henge.replication.node.memory;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Writes to a {@link RecordFile} in order, off the metadata thread, and forces all that waits at
 * once. The first error ends it: after a failed force nobody knows what is on disk.
 */
final class DiskThread implements AutoCloseable {

  private static final Logger LOG = System.getLogger(DiskThread.class.getPackageName());
  private static final int MOST_TASKS = 16_384;
  private static final long MOST_BYTES = 64L << 20;
  private static final long CLOSE_MILLIS = 5_000;

  private sealed interface Task {}

  private record Write(byte[] record, boolean replaces) implements Task {}

  private record Await(long number) implements Task {}

  private record End() implements Task {}

  private final RecordFile file;
  private final LongConsumer stored;
  private final Consumer<String> failed;
  private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(MOST_TASKS);
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Thread thread;
  private volatile boolean ended;

  /**
   * Creates and starts the thread.
   *
   * @param stored told on this thread which number is safe
   * @param failed told on some thread, once, why nothing can be stored any more
   */
  DiskThread(String name, RecordFile file, LongConsumer stored, Consumer<String> failed) {
    this.file = file;
    this.stored = stored;
    this.failed = failed;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  void write(byte[] record, boolean replaces) {
    if (queuedBytes.addAndGet(record.length) > MOST_BYTES) {
      fail("the disk is too slow: " + queuedBytes.get() + " bytes wait to be written");
      return;
    }
    offer(new Write(record, replaces));
  }

  void await(long number) {
    offer(new Await(number));
  }

  private void offer(Task task) {
    if (!ended && !tasks.offer(task)) {
      fail("the disk is too slow: " + MOST_TASKS + " writes wait");
    }
  }

  private void run() {
    List<Task> batch = new ArrayList<>();
    try {
      boolean goesOn = true;
      while (goesOn && !ended) {
        batch.add(tasks.take());
        tasks.drainTo(batch);
        goesOn = execute(batch);
        batch.clear();
      }
    } catch (IOException failure) {
      LOG.log(Level.ERROR, "the durable memory cannot be written", failure);
      fail(failure.toString());
    } catch (InterruptedException interrupt) {
      fail("the thread was interrupted");
    } finally {
      closeFile();
    }
  }

  private boolean execute(List<Task> batch) throws IOException {
    long awaited = 0;
    boolean goesOn = true;
    for (Task task : batch) {
      if (task instanceof Write write) {
        queuedBytes.addAndGet(-write.record().length);
        if (write.replaces()) {
          file.replace(write.record());
        } else {
          file.append(write.record());
        }
      } else if (task instanceof Await await) {
        awaited = await.number();
      } else {
        goesOn = false;
      }
    }
    if (awaited > 0 || !goesOn) {
      file.force();
    }
    if (awaited > 0) {
      stored.accept(awaited);
    }
    return goesOn;
  }

  private void fail(String why) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    tasks.clear();
    if (!tasks.offer(new End())) {
      LOG.log(Level.DEBUG, "the disk thread ends after its present write");
    }
    failed.accept(why);
  }

  private void closeFile() {
    try {
      file.close();
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "the durable memory could not be closed", failure);
    }
  }

  /** Writes what is queued, forces it and ends; waits a while for that. */
  @Override
  public void close() {
    try {
      if (!ended && !tasks.offer(new End(), CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        ended = true;
      }
      if (Thread.currentThread() != thread) {
        thread.join(CLOSE_MILLIS);
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
