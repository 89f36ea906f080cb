package io.henge.jcache.processor;

import io.henge.jcache.codec.EntryCodec;
import io.henge.jcache.configuration.EntryTypes;
import io.henge.jcache.expiry.EntryLifetimes;
import io.henge.jcache.integration.CacheIntegration;
import io.henge.jcache.integration.EntryLoader;
import io.henge.jcache.integration.EntryWriter;
import io.henge.jcache.management.CacheStatistics;
import io.henge.jcache.management.EntryEffect;
import io.henge.replication.node.Bytes;
import io.henge.replication.node.EntryOutcome;
import io.henge.replication.node.Invocation;
import io.henge.replication.node.ProcessorNotRunnableException;
import io.henge.replication.node.ReplicatedCache;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;

/** Runs the entry processors that the callers of one cache hand in. Thread-safe. */
public final class ProcessorInvoker<K, V> {

  private static final Invocation NOT_RUNNABLE = new Invocation.NotRunnable();

  private final ReplicatedCache store;
  private final EntryCodec codec;
  private final EntryTypes<K, V> types;
  private final EntryLifetimes lifetimes;
  private final ResultCodec results;
  private final CacheStatistics statistics;
  private final EntryLoader<K, V> loader;
  private final EntryWriter<K, V> writer;

  /**
   * Creates the invoker of a cache.
   *
   * @param store the cache, past any writer
   * @param integration what the cache has of stores; with any, processors run at the caller, whose
   *     stores they are
   * @param statistics each run is recorded there, also one that failed
   */
  public ProcessorInvoker(
      ReplicatedCache store,
      EntryCodec codec,
      EntryTypes<K, V> types,
      EntryLifetimes lifetimes,
      CacheIntegration<K, V> integration,
      CacheStatistics statistics) {
    this.statistics = statistics;
    this.loader = integration.loader();
    this.writer = integration.writer();
    this.store = store;
    this.codec = codec;
    this.types = types;
    this.lifetimes = lifetimes;
    this.results = new ResultCodec(codec);
  }

  /**
   * Runs a processor on one entry.
   *
   * @throws EntryProcessorException if it threw; nothing was stored
   */
  public <T> T invoke(K key, EntryProcessor<K, V, T> processor, Object[] arguments) {
    return invoke(key, processor, arguments, encode(processor, arguments));
  }

  /**
   * Runs a processor on each entry, at the primaries with one message for each member, otherwise
   * here one after the other; atomic per key only.
   *
   * @return per key the result, unless it is null, or the exception
   */
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object[] arguments) {
    Map<Bytes, K> wanted = new LinkedHashMap<>();
    keys.forEach(key -> wanted.put(new Bytes(codec.encodeKey(key)), key));
    byte[] encoded = encode(processor, arguments);
    long start = statistics.start();
    Map<Bytes, Invocation> invocations =
        encoded == null || wanted.isEmpty()
            ? Map.of()
            : store.invokeAllAtPrimary(wanted.keySet(), encoded);
    statistics.invokedMany(effects(invocations.values()), start);
    Map<K, EntryProcessorResult<T>> all = new LinkedHashMap<>();
    wanted.forEach(
        (bytes, key) -> {
          try {
            Invocation invocation = invocations.getOrDefault(bytes, NOT_RUNNABLE);
            T result = result(invocation, key, bytes, processor, arguments);
            if (result != null) {
              all.put(key, new InvocationResult<>(result, null));
            }
          } catch (CacheException e) {
            all.put(key, new InvocationResult<>(null, e));
          }
        });
    return all;
  }

  private static List<EntryEffect> effects(Collection<Invocation> invocations) {
    return invocations.stream()
        .filter(Invocation.Done.class::isInstance)
        .map(each -> ResultCodec.effect(((Invocation.Done) each).result()))
        .toList();
  }

  @SuppressWarnings("unchecked") // the result of an EntryProcessor<K, V, T> is a T
  private <T> T result(
      Invocation invocation,
      K key,
      Bytes bytes,
      EntryProcessor<K, V, T> processor,
      Object[] arguments) {
    if (invocation instanceof Invocation.Failed failed) {
      throw failed.failure();
    }
    if (invocation instanceof Invocation.Done done) {
      return (T) results.decode(done.result(), key);
    }
    return invokeHere(key, bytes.array(), processor, arguments);
  }

  /** The processor for the primary, or null if it has to run here. */
  private byte[] encode(EntryProcessor<K, V, ?> processor, Object[] arguments) {
    return loader == null && writer == null && codec.byValue()
        ? TravellingProcessor.encode(processor, arguments, codec)
        : null;
  }

  @SuppressWarnings("unchecked") // the result of an EntryProcessor<K, V, T> is a T
  private <T> T invoke(
      K key, EntryProcessor<K, V, T> processor, Object[] arguments, byte[] encoded) {
    byte[] keyBytes = codec.encodeKey(key);
    if (encoded == null) {
      return invokeHere(key, keyBytes, processor, arguments);
    }
    long start = statistics.start();
    byte[] result;
    try {
      result = store.invokeAtPrimary(keyBytes, encoded);
    } catch (ProcessorNotRunnableException nothingWasRun) {
      return invokeHere(key, keyBytes, processor, arguments);
    }
    statistics.invoked(ResultCodec.effect(result), start);
    return (T) results.decode(result, key);
  }

  private <T> T invokeHere(
      K key, byte[] keyBytes, EntryProcessor<K, V, T> processor, Object[] arguments) {
    ReservedRun<T> run = new ReservedRun<>(key, keyBytes, processor, arguments);
    long start = statistics.start();
    try {
      store.invokeHere(keyBytes, run::apply);
    } finally {
      if (run.effect != null) {
        statistics.invoked(run.effect, start);
      }
    }
    return run.result;
  }

  /**
   * One run under a reservation. The result need not be serializable: it stays here. Should the
   * reservation be lost in a failover the engine runs it again, and the last run counts.
   */
  private final class ReservedRun<T> {

    private final K key;
    private final byte[] keyBytes;
    private final EntryProcessor<K, V, T> processor;
    private final Object[] arguments;
    private volatile T result;

    /** Of the last run; null if there was none. */
    private volatile EntryEffect effect;

    ReservedRun(K key, byte[] keyBytes, EntryProcessor<K, V, T> processor, Object[] arguments) {
      this.key = key;
      this.keyBytes = keyBytes;
      this.processor = processor;
      this.arguments = arguments;
    }

    EntryOutcome apply(byte[] stored) {
      byte[] present = codec.countsAsAbsent(stored) ? null : stored;
      effect = EntryEffect.none(present != null);
      ProcessorEntry<K, V> entry =
          loader == null
              ? new ProcessorEntry<>(key, present, codec, types, lifetimes)
              : new ProcessorEntry<>(key, present, codec, types, lifetimes, loader::load);
      EntryOutcome outcome;
      try {
        result = processor.process(entry, arguments);
        outcome = entry.outcome(null);
      } catch (Throwable thrown) {
        // Whatever a processor throws, an Error too, belongs to the caller, and nothing is stored.
        throw ResultCodec.asEntryProcessorException(thrown);
      }
      if (writer != null) {
        if (outcome.value() != null) {
          store.checkFits(keyBytes, outcome.value());
        }
        switch (entry.asked()) {
          case SET -> writer.write(key, entry.getValue());
          case REMOVE -> writer.delete(key);
          case NONE -> {}
        }
      }
      effect = entry.effect(outcome);
      return outcome;
    }
  }
}
