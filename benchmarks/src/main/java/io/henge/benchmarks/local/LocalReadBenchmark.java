package io.henge.benchmarks.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * JCache on a member that holds an in-sync copy of everything: a read is a hit on that copy, a
 * write goes through the whole engine without a network.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LocalReadBenchmark {

  private static final int KEYS = 1024;

  /** Whether operations are counted and timed. */
  @Param({"false", "true"})
  public boolean statistics;

  private final String[] keys = new String[KEYS];
  private final byte[] value = new byte[100];
  private CachingProvider provider;
  private Cache<String, byte[]> cache;

  /** A position of its own for each thread. */
  @State(Scope.Thread)
  public static class Position {
    private int next;

    private int advance() {
      next = (next + 1) % KEYS;
      return next;
    }
  }

  /** Founds a cluster of one member and fills a cache. */
  @Setup
  public void open() throws IOException {
    Properties settings = new Properties();
    settings.setProperty("henge.cluster.name", "benchmark-" + ProcessHandle.current().pid());
    settings.setProperty("henge.cluster.bootstrap", "single");
    settings.setProperty("henge.transport.bind-port", Integer.toString(freePort()));
    provider = Caching.getCachingProvider("io.henge.jcache.HengeCachingProvider");
    cache =
        provider
            .getCacheManager(
                provider.getDefaultURI(), LocalReadBenchmark.class.getClassLoader(), settings)
            .createCache(
                "local",
                new MutableConfiguration<String, byte[]>().setStatisticsEnabled(statistics));
    for (int i = 0; i < KEYS; i++) {
      keys[i] = "order-" + i;
      cache.put(keys[i], value);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends the member. */
  @TearDown
  public void close() {
    provider.close();
  }

  /** A read that finds its key. */
  @Benchmark
  public byte[] get(Position position) {
    return cache.get(keys[position.advance()]);
  }

  /** A write without a backup. */
  @Benchmark
  public void put(Position position) {
    cache.put(keys[position.advance()], value);
  }
}
