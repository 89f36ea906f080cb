package io.henge.replication.node;

import io.henge.replication.partition.Operation;
import io.henge.replication.partition.ProcessorOutcome;
import io.henge.replication.topology.OperationId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs other members' processors on threads of its own, since they may sleep and call databases.
 */
final class ProcessorRunner implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ProcessorRunner.class.getPackageName());
  private static final int THREADS = 32;
  private static final int QUEUE = 65_536;

  private final int maxValueBytes;
  private final ThreadPoolExecutor executor;

  ProcessorRunner(String name, int maxValueBytes) {
    this.maxValueBytes = maxValueBytes;
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs a processor; where it cannot run here, its caller runs it.
   *
   * @return false if there is no thread for it, and no room to wait for one
   */
  boolean run(
      ProcessorHost host,
      OperationId id,
      byte[] processor,
      byte[] key,
      byte[] value,
      Consumer<ProcessorOutcome> done) {
    try {
      executor.execute(
          () ->
              done.accept(
                  host == null
                      ? ProcessorOutcome.notRunnable(id)
                      : runNow(host, id, processor, key, value)));
      return true;
    } catch (RejectedExecutionException full) {
      LOG.log(Level.DEBUG, "the caller has to run " + id + ": too many are running", full);
      return false;
    }
  }

  private ProcessorOutcome runNow(
      ProcessorHost host, OperationId id, byte[] processor, byte[] key, byte[] value) {
    try {
      EntryOutcome outcome = host.run(processor, key, value);
      Operation.Change change =
          switch (outcome.change()) {
            case NONE -> Operation.Change.NONE;
            case SET -> Operation.Change.SET;
            case REMOVE -> Operation.Change.REMOVE;
          };
      if (size(outcome.value()) > maxValueBytes - key.length
          || size(outcome.result()) > maxValueBytes) {
        LOG.log(Level.DEBUG, "the caller has to run {0}: its outcome is too large", id);
        return ProcessorOutcome.notRunnable(id);
      }
      return new ProcessorOutcome(
          id, true, change, outcome.value(), outcome.result(), outcome.lifetime());
    } catch (ProcessorNotRunnableException refusal) {
      LOG.log(Level.DEBUG, "the caller has to run " + id, refusal);
    } catch (RuntimeException bug) {
      // The host encodes what user code throws; this is the host's own failure. Nothing is stored.
      LOG.log(Level.WARNING, "the host of processors failed on " + id, bug);
    }
    return ProcessorOutcome.notRunnable(id);
  }

  private static int size(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
