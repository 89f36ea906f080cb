package io.henge.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.jcache.history.CacheCall;
import io.henge.jcache.history.CacheCall.Kind;
import io.henge.jcache.history.EntryHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three real members in one process, used by many threads at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrentUseIT {

  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final int ROUNDS = 100;
  private static final int THREADS = 6;
  private static final int CALLS = 5;
  private static final int VALUES = 3;
  private static final long PATIENCE_SECONDS = 120;

  private final RealMembers members = new RealMembers("concurrent", 3, RealMembers.PATIENT);

  private List<Cache<String, Integer>> caches;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeAll
  void start(@TempDir Path runDirectory) throws IOException {
    members.start(runDirectory);
  }

  @AfterAll
  void stop() {
    threads.shutdownNow();
    members.close();
  }

  @BeforeEach
  void open() {
    caches =
        members.newCache(
            new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
  }

  private static void await(Future<?> end) throws Exception {
    end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void everyCompoundOperationIsLinearizableFromSeveralMembersAtOnce() throws Exception {
    Set<Kind> seen = EnumSet.noneOf(Kind.class);
    for (int round = 0; round < ROUNDS; round++) {
      String key = "key-" + round;
      EntryHistory history = new EntryHistory();
      CyclicBarrier together = new CyclicBarrier(THREADS);
      List<Future<?>> callers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Cache<String, Integer> cache = caches.get(thread % caches.size());
        List<CacheCall> calls = calls(new Random((long) round * THREADS + thread));
        calls.forEach(call -> seen.add(call.kind()));
        callers.add(
            threads.submit(
                () -> {
                  together.await();
                  for (CacheCall call : calls) {
                    long begun = System.nanoTime();
                    Object result = call.callOn(cache, key);
                    history.add(call, result, begun, System.nanoTime());
                  }
                  return null;
                }));
      }
      for (Future<?> caller : callers) {
        await(caller);
      }
      assertThat(history.linearizable()).as("round %s:%n%s", round, history).isTrue();
    }
    assertThat(seen).containsExactlyElementsOf(KINDS);
  }

  private static List<CacheCall> calls(Random random) {
    List<CacheCall> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      calls.add(new CacheCall(kind, 1 + random.nextInt(VALUES), 1 + random.nextInt(VALUES)));
    }
    return calls;
  }

  @Test
  void anIterationGivesOnceWhatIsThereThroughoutWhateverComesAndGoes() throws Exception {
    Map<String, Integer> lasting = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      lasting.put("lasting-" + i, i);
    }
    caches.get(0).putAll(lasting);
    AtomicBoolean stop = new AtomicBoolean();
    Future<?> changes =
        threads.submit(
            () -> {
              for (int i = 0; !stop.get(); i++) {
                String key = "passing-" + i % 200;
                caches.get(1).put(key, i);
                caches.get(2).remove("passing-" + (i + 100) % 200);
              }
            });
    for (int i = 0; i < 10; i++) {
      Set<String> keys = new HashSet<>();
      Map<String, Integer> found = new HashMap<>();
      for (Cache.Entry<String, Integer> entry : caches.get(i % 3)) {
        assertThat(keys.add(entry.getKey())).as("once: " + entry.getKey()).isTrue();
        if (lasting.containsKey(entry.getKey())) {
          found.put(entry.getKey(), entry.getValue());
        }
      }
      assertThat(found).isEqualTo(lasting);
    }
    stop.set(true);
    await(changes);
  }

  @Test
  void aCacheClosedUnderLoadRefusesAndTheOthersGoOn() throws Exception {
    CountDownLatch busy = new CountDownLatch(3);
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Cache<String, Integer> cache = caches.get(i);
      callers.add(
          threads.submit(
              () -> {
                int done = 0;
                while (!stop.get()) {
                  try {
                    cache.put("key-" + done % 50, done);
                    cache.get("key-" + done % 50);
                  } catch (IllegalStateException closed) {
                    assertThat(cache.isClosed()).isTrue();
                    return done;
                  } catch (OperationNotDoneException destroyed) {
                    // the primary knew of it before this member: it does a moment later
                    assertThat(destroyed).hasMessageContaining("destroyed");
                  }
                  done++;
                  if (done == 20) {
                    busy.countDown();
                  }
                }
                return -1;
              }));
    }
    assertThat(busy.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    caches.get(0).close();
    assertThat(callers.get(0).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isPositive();
    CacheManager manager = members.manager(0);
    Cache<String, Integer> again = manager.getCache(caches.get(0).getName());
    assertThat(again.get("key-1")).as("still there").isNotNull();
    assertThat(callers.get(1).isDone() || callers.get(2).isDone()).isFalse();
    manager.destroyCache(again.getName());
    for (int i = 1; i < 3; i++) {
      assertThat(callers.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isPositive();
    }
    stop.set(true);
  }

  @Test
  void aProcessorMayUseOtherKeysAndCachesButNotItsOwnKey() {
    Cache<String, Integer> cache = caches.get(0);
    cache.put("other", 1);
    int sum =
        cache.invoke(
            "own",
            (entry, arguments) -> {
              cache.put("other", cache.get("other") + 1);
              entry.setValue(cache.get("other"));
              return entry.getValue();
            });
    assertThat(sum).isEqualTo(2);
    assertThat(caches.get(1).get("own")).isEqualTo(2);
    assertThat(caches.get(2).get("other")).isEqualTo(2);
    assertThatThrownBy(
            () ->
                cache.invoke(
                    "own",
                    (entry, arguments) -> {
                      cache.remove("other");
                      throw new IllegalStateException("not today");
                    }))
        .isInstanceOf(EntryProcessorException.class);
    assertThat(cache.get("own")).as("nothing stored").isEqualTo(2);
    assertThat(cache.containsKey("other")).as("was done by itself").isFalse();
  }
}
