package io.henge.jcache.processor;

import io.henge.jcache.codec.CodecException;
import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.jcache.expiry.EntryLifetimes;
import io.henge.jcache.management.EntryEffect;
import io.henge.replication.node.EntryOutcome;
import io.henge.replication.node.EntryOutcome.Change;
import io.henge.replication.node.ProcessorHost;
import io.henge.replication.node.ProcessorNotRunnableException;

/**
 * Runs the processors of one cache at the primary, with the class loader of the application that
 * opened the cache there. Thread-safe.
 */
public final class PrimaryProcessorHost<K, V> implements ProcessorHost {

  private final EntryCodec codec;
  private final EntryTypes<K, V> types;
  private final EntryLifetimes lifetimes;
  private final ResultCodec results;

  /** Creates the host of a cache. */
  public PrimaryProcessorHost(EntryCodec codec, EntryTypes<K, V> types, EntryLifetimes lifetimes) {
    this.codec = codec;
    this.types = types;
    this.lifetimes = lifetimes;
    this.results = new ResultCodec(codec);
  }

  @Override
  public EntryOutcome run(byte[] processor, byte[] key, byte[] value)
      throws ProcessorNotRunnableException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(codec.loader());
    try {
      TravellingProcessor<K, V> travelled = TravellingProcessor.decode(processor, codec);
      return process(travelled, entry(key, value), value != null);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Decodes everything before the processor runs: once it has run there is no other place. */
  private ProcessorEntry<K, V> entry(byte[] key, byte[] value)
      throws ProcessorNotRunnableException {
    try {
      ProcessorEntry<K, V> entry =
          new ProcessorEntry<>(types.key(codec.decode(key)), value, codec, types, lifetimes);
      entry.decode();
      return entry;
    } catch (CodecException | ClassCastException e) {
      throw TravellingProcessor.notRunnable(e.getMessage(), e);
    }
  }

  private EntryOutcome process(
      TravellingProcessor<K, V> travelled, ProcessorEntry<K, V> entry, boolean wasPresent) {
    try {
      Object result = travelled.processor().process(entry, travelled.arguments());
      byte[] encoded = results.encode(result, entry);
      EntryOutcome outcome = entry.outcome(encoded);
      ResultCodec.mark(encoded, entry.effect(outcome));
      return outcome;
    } catch (Throwable thrown) {
      // Whatever a processor throws, an Error too, belongs to the caller, and nothing is stored.
      byte[] encoded = results.encodeThrown(thrown);
      ResultCodec.mark(encoded, EntryEffect.none(wasPresent));
      return new EntryOutcome(Change.NONE, null, encoded);
    }
  }
}
