package io.henge.jcache.processor;

import io.henge.jcache.codec.CodecException;
import io.henge.jcache.codec.EntryCodec;
import io.henge.replication.node.ProcessorNotRunnableException;
import java.io.Serializable;
import javax.cache.processor.EntryProcessor;

/**
 * A processor and its arguments on their way to a primary: an array of the two, serialized.
 *
 * @param processor the processor
 * @param arguments its arguments; not null
 */
record TravellingProcessor<K, V>(EntryProcessor<K, V, ?> processor, Object[] arguments) {

  /** Encodes a processor, or returns null if it or an argument cannot be serialized. */
  static byte[] encode(EntryProcessor<?, ?, ?> processor, Object[] arguments, EntryCodec codec) {
    if (!(processor instanceof Serializable)) {
      return null;
    }
    try {
      return codec.encode(new Object[] {processor, arguments});
    } catch (CodecException holdsWhatCannotTravel) {
      return null;
    }
  }

  /**
   * Decodes a processor.
   *
   * @throws ProcessorNotRunnableException if a class is unknown or different here
   */
  @SuppressWarnings("unchecked") // the caller's cache has these types
  static <K, V> TravellingProcessor<K, V> decode(byte[] bytes, EntryCodec codec)
      throws ProcessorNotRunnableException {
    Object decoded;
    try {
      decoded = codec.decode(bytes);
    } catch (CodecException e) {
      throw notRunnable(e.getMessage(), e);
    }
    if (decoded instanceof Object[] parts
        && parts.length == 2
        && parts[0] instanceof EntryProcessor<?, ?, ?> processor
        && parts[1] instanceof Object[] arguments) {
      return new TravellingProcessor<>((EntryProcessor<K, V, ?>) processor, arguments);
    }
    throw notRunnable("The bytes hold no entry processor", null);
  }

  static ProcessorNotRunnableException notRunnable(String message, Throwable cause) {
    ProcessorNotRunnableException exception = new ProcessorNotRunnableException(message);
    exception.initCause(cause);
    return exception;
  }
}
