package io.henge.jcache.integration;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.cache.integration.CacheLoaderException;

/** A key that a thread of this member is loading, for others that want the same. */
final class Load {

  private final Thread leader = Thread.currentThread();
  private final CompletableFuture<byte[]> ended = new CompletableFuture<>();

  /** The key has this encoded value, or none; without effect once it has ended. */
  void end(byte[] value) {
    ended.complete(value);
  }

  /** The load failed; without effect once it has ended. */
  void fail(Throwable failure) {
    ended.completeExceptionally(failure);
  }

  /**
   * Waits for the end and returns the encoded value, or null.
   *
   * @param what is loaded, for error messages
   */
  byte[] await(String what, Duration patience) {
    if (leader == Thread.currentThread()) {
      throw new CacheLoaderException(
          "The loader of "
              + what
              + " reads through the cache what it is to load; read it from the"
              + " store");
    }
    try {
      return ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new CacheLoaderException(
          "Another thread has been loading "
              + what
              + " for longer than henge.operation-timeout ("
              + patience
              + "); nothing was loaded for this one, try again or set the timeout above what the"
              + " loader needs",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheLoaderException(
          "The thread was interrupted while another one loaded " + what, e);
    } catch (ExecutionException e) {
      throw new CacheLoaderException(
          "Another thread failed to load " + what + ": " + e.getCause().getMessage(),
          e.getCause() instanceof CacheLoaderException wrapped && wrapped.getCause() != null
              ? wrapped.getCause()
              : e.getCause());
    }
  }
}
