package io.henge.replication.node;

import io.henge.replication.topology.MemberId;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks for proofs of death off the metadata thread, a few times, since exiting takes a moment. */
final class DeathWitness implements AutoCloseable {

  private static final Logger LOG = System.getLogger(DeathWitness.class.getPackageName());
  private static final int TRIES = 25;
  private static final long BETWEEN_MILLIS = 10;

  private final SameHostWitness witness;
  private final ThreadPoolExecutor executor;

  DeathWitness(Path directory, MemberId self) throws IOException {
    witness = new SameHostWitness(directory, self);
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(64),
            task -> {
              Thread thread = new Thread(task, "henge-witness");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** Calls back on another thread if the process of that incarnation is proven gone. */
  void seek(MemberId suspect, Consumer<String> proven) {
    try {
      executor.execute(() -> tryRepeatedly(suspect, proven));
    } catch (RejectedExecutionException full) {
      LOG.log(Level.DEBUG, "no witness for " + suspect, full);
    }
  }

  private void tryRepeatedly(MemberId suspect, Consumer<String> proven) {
    try {
      for (int i = 0; i < TRIES; i++) {
        if (witness.provenDead(suspect)) {
          proven.accept("its process on this machine is gone: its lock file could be locked");
          return;
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it so that this member is proven dead. */
  void abandon() {
    executor.shutdownNow();
    try {
      witness.abandon();
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "the witness file could not be freed", failure);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      witness.close();
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "the witness file could not be closed", failure);
    }
  }
}
