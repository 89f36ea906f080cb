package io.henge.jcache.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReferencesTest {

  private final References references = new References();

  private record Key(int number) {}

  @Test
  void eachArrayStandsForItsVeryObject() {
    Object object = new Object();
    byte[] one = references.of(object);
    byte[] other = references.of(object);
    assertThat(one).isNotEqualTo(other);
    assertThat(references.find(one)).isSameAs(object);
    assertThat(references.find(other.clone())).isSameAs(object);
  }

  @Test
  void equalObjectsShareOneArray() {
    Key first = new Key(1);
    byte[] one = references.ofEqual(first);
    assertThat(references.ofEqual(new Key(1))).isSameAs(one);
    assertThat(references.ofEqual(new Key(2))).isNotEqualTo(one);
    assertThat(references.find(one)).isSameAs(first);
    assertThat(references.original(one.clone())).isSameAs(one);
  }

  @Test
  void whatNobodyHasTheArrayOfIsLetGoOf() {
    byte[] kept = references.ofEqual(new Key(1));
    byte[] gone = references.ofEqual(new Key(2)).clone();
    references.of(new Object());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(references.size()).isEqualTo(1);
            });
    assertThat(references.find(kept)).isEqualTo(new Key(1));
    assertThat(references.find(gone)).isNull();
    assertThat(references.original(gone)).isSameAs(gone);
    assertThat(references.ofEqual(new Key(2))).isNotEqualTo(gone);
  }

  @Test
  void threadsThatMeetAtOneKeyGetOneArray() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      Key key = new Key(round);
      Set<List<byte[]>> seen = ConcurrentHashMap.newKeySet();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Thread thread =
            new Thread(() -> seen.add(List.of(references.ofEqual(new Key(key.number())))));
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(seen)
          .allSatisfy(each -> assertThat(each.get(0)).isSameAs(references.ofEqual(key)));
    }
  }
}
