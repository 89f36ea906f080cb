package io.henge.jcache;

import io.henge.replication.node.OperationRefusedException;
import io.henge.replication.node.OperationUnknownException;
import java.util.function.Supplier;
import javax.cache.CacheException;

/** Says in the words of JCache what the engine could not do. */
final class EngineFailures {

  private EngineFailures() {}

  /** Runs a call of the engine with its exceptions translated. */
  static <T> T translating(Supplier<T> call) {
    try {
      return call.get();
    } catch (OperationRefusedException | OperationUnknownException e) {
      throw translate(e);
    }
  }

  /** The exception for a caller of JCache. */
  static CacheException translate(RuntimeException failure) {
    if (failure instanceof OperationUnknownException) {
      return new OperationOutcomeUnknownException(failure.getMessage(), failure);
    }
    return new OperationNotDoneException(failure.getMessage(), failure);
  }
}
