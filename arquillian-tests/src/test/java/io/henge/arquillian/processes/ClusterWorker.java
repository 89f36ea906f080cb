package io.henge.arquillian.processes;

import io.henge.jcache.OperationNotDoneException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import javax.management.JMException;

/**
 * A process that uses the cache {@code registers} on command. A line on standard input is {@code
 * number TAB command TAB arguments...}; its answer on standard output is {@code number TAB kind TAB
 * text TAB .}, in any order. It ends in good order when its input does.
 */
public final class ClusterWorker {

  static final String END = ".";

  private static final String PADDING = "-";
  private static final int THREADS = 32;
  private static final long OPEN_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(80);

  private final PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Cache<String, String> cache;

  private ClusterWorker(Cache<String, String> cache) {
    this.cache = cache;
  }

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    try (CachingProvider provider = Caching.getCachingProvider()) {
      new ClusterWorker(open(provider.getCacheManager())).serve();
    }
  }

  /** Opens the cache; a cluster that is not there yet is waited for. */
  private static Cache<String, String> open(CacheManager manager) {
    long deadline = System.nanoTime() + OPEN_TIMEOUT_NANOS;
    while (true) {
      try {
        return manager.createCache(
            "registers",
            new MutableConfiguration<String, String>().setTypes(String.class, String.class));
      } catch (OperationNotDoneException noCluster) {
        if (System.nanoTime() - deadline > 0) {
          throw noCluster;
        }
      }
    }
  }

  private void serve() throws IOException {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      answer("0", new Answer(Answer.Kind.DONE, "ready"));
      BufferedReader commands =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line;
      while ((line = commands.readLine()) != null) {
        String[] words = line.split("\t", -1);
        executor.execute(() -> answer(words[0], obey(words)));
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private synchronized void answer(String number, Answer answer) {
    answers.println(number + "\t" + answer.encoded() + "\t" + END);
  }

  private Answer obey(String[] words) {
    try {
      return new Answer(Answer.Kind.DONE, execute(words));
    } catch (OperationNotDoneException e) {
      return new Answer(Answer.Kind.REFUSED, e.toString());
    } catch (CacheException | IllegalStateException | JMException e) {
      return new Answer(Answer.Kind.UNKNOWN, e.toString());
    }
  }

  private String execute(String[] words) throws JMException {
    String key = words[2];
    return switch (words[1]) {
      case "status" -> ClusterStatus.local().encoded();
      case "resources" -> ProcessResources.local().encoded();
      case "get" -> cache.get(key);
      case "clear" -> {
        cache.clear();
        yield null;
      }
      case "put" -> {
        cache.put(key, words[3]);
        yield null;
      }
      case "putPadded" -> {
        cache.put(key, words[3] + PADDING.repeat(Integer.parseInt(words[4])));
        yield null;
      }
      case "getUnpadded" -> {
        String value = cache.get(key);
        yield value == null ? null : value.replace(PADDING, "");
      }
      case "getAndPut" -> cache.getAndPut(key, words[3]);
      case "putIfAbsent" -> Boolean.toString(cache.putIfAbsent(key, words[3]));
      case "remove" -> Boolean.toString(cache.remove(key));
      case "getAndRemove" -> cache.getAndRemove(key);
      case "increment" -> cache.invoke(key, new Adder(Long.parseLong(words[3])));
      case "append" -> cache.invoke(key, new Appender(words[3]));
      case "count" -> Integer.toString(cache.getAll(Set.of(key.split(" ", -1))).size());
      case "getAll" ->
          cache.getAll(Set.of(key.split(" ", -1))).entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue())
              .collect(Collectors.joining(" "));
      default -> throw new IllegalArgumentException("Unknown command: " + words[1]);
    };
  }
}
