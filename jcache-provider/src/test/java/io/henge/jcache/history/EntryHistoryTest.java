package io.henge.jcache.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.jcache.history.CacheCall.Kind;
import org.junit.jupiter.api.Test;

class EntryHistoryTest {

  private final EntryHistory history = new EntryHistory();

  private void add(Kind kind, Integer value, Object result, long begun, long ended) {
    history.add(new CacheCall(kind, value, 9), result, begun, ended);
  }

  @Test
  void callsOneAfterTheOtherHaveTheirMeaning() {
    add(Kind.PUT_IF_ABSENT, 1, true, 0, 1);
    add(Kind.REPLACE_EQUAL, 1, true, 2, 3);
    add(Kind.GET_AND_PUT, 4, 9, 4, 5);
    add(Kind.INVOKE_HERE, 3, 4, 6, 7);
    add(Kind.REMOVE_EQUAL, 4, false, 8, 9);
    add(Kind.GET_AND_REMOVE, null, 7, 10, 11);
    add(Kind.CONTAINS_KEY, null, false, 12, 13);
    assertThat(history.linearizable()).isTrue();
  }

  @Test
  void callsAtTheSameTimeMayBeInAnyOrder() {
    add(Kind.GET, null, 2, 0, 10);
    add(Kind.PUT, 1, null, 0, 10);
    add(Kind.PUT, 2, null, 0, 10);
    add(Kind.GET, null, 1, 11, 12);
    assertThat(history.linearizable()).isTrue();
  }

  @Test
  void twoThatBothFoundNothingAreTooMany() {
    add(Kind.PUT_IF_ABSENT, 1, true, 0, 10);
    add(Kind.PUT_IF_ABSENT, 2, true, 0, 10);
    assertThat(history.linearizable()).isFalse();
  }

  @Test
  void aReadOfWhatWasOverwrittenBeforeItBeganIsStale() {
    add(Kind.PUT, 1, null, 0, 1);
    add(Kind.PUT, 2, null, 2, 3);
    add(Kind.GET, null, 1, 4, 5);
    assertThat(history.linearizable()).isFalse();
  }

  @Test
  void aLostIncrementIsSeen() {
    add(Kind.INVOKE_AT_PRIMARY, 1, null, 0, 10);
    add(Kind.INVOKE_AT_PRIMARY, 1, 1, 0, 10);
    add(Kind.GET, null, 1, 11, 12);
    assertThat(history.linearizable()).isFalse();
  }
}
