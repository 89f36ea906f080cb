package io.henge.replication.node.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.wire.MalformedFrameException;
import io.henge.replication.wire.WireReader;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

  private static final long UNIT = 32;

  @Test
  void everyDurationIsInTheClassWhoseBoundsHoldIt() {
    long tooLong = LatencyClasses.most(LatencyClasses.COUNT - 1);
    assertThat(tooLong).isGreaterThan(120_000_000_000L);
    for (long nanos = 0; nanos < tooLong; nanos = nanos * 9 / 8 + 7) {
      int index = LatencyClasses.of(nanos);
      assertThat(nanos).isLessThanOrEqualTo(LatencyClasses.most(index));
      if (index > 0) {
        assertThat(nanos).isGreaterThan(LatencyClasses.most(index - 1));
      }
    }
    assertThat(LatencyClasses.of(-1)).isZero();
    assertThat(LatencyClasses.of(Long.MAX_VALUE)).isEqualTo(LatencyClasses.COUNT - 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.5, 0.9, 0.99, 1.0})
  void percentilesAreThoseOfTheSortedListToAnEighth(double share) {
    Random random = new Random(7);
    LatencyRecorder recorder = new LatencyRecorder();
    long[] all = new long[10_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (long) Math.exp(random.nextDouble() * 20);
      recorder.record(all[i]);
    }
    Arrays.sort(all);
    long exact = all[(int) Math.ceil(share * all.length) - 1];
    assertThat(recorder.latencies().percentile(share))
        .isBetween(exact, exact + Math.max(UNIT, exact / 8));
  }

  @Test
  void withoutCallsEverythingIsZero() {
    assertThat(Latencies.NONE.percentile(0.99)).isZero();
    assertThat(Latencies.NONE.average()).isZero();
  }

  @Test
  void callsForManyEntriesCountForTheMeanOnly() {
    LatencyRecorder recorder = new LatencyRecorder();
    recorder.record(100);
    recorder.recordMany(9, 900);
    Latencies latencies = recorder.latencies();
    assertThat(latencies.average()).isEqualTo(100.0);
    assertThat(latencies.calls()).isEqualTo(1);
    recorder.reset();
    assertThat(recorder.latencies().calls()).isZero();
    assertThat(recorder.latencies().average()).isZero();
  }

  @Test
  void whatIsAddedUpOrSentIsTheSame() {
    LatencyRecorder here = new LatencyRecorder();
    LatencyRecorder there = new LatencyRecorder();
    for (int i = 1; i <= 99; i++) {
      here.record(1_000);
    }
    there.record(1_000_000);
    there.recordMany(3, 5);
    Latencies sum = here.latencies().plus(there.latencies());
    assertThat(sum.calls()).isEqualTo(100);
    assertThat(sum.percentile(0.99)).isLessThan(1_200);
    assertThat(sum.percentile(1)).isGreaterThanOrEqualTo(1_000_000);

    WireWriter writer = new WireWriter(16);
    sum.write(writer);
    WireReader reader = new WireReader(writer.toByteArray());
    Latencies read = Latencies.read(reader);
    reader.expectEnd();
    assertThat(read).usingRecursiveComparison().isEqualTo(sum);
  }

  @Test
  void aClassThatIsNoneIsMalformed() {
    byte[] frame =
        new WireWriter(16)
            .writeVarLong(1)
            .writeVarLong(0)
            .writeVarInt(1)
            .writeVarInt(LatencyClasses.COUNT)
            .writeVarLong(1)
            .toByteArray();
    assertThatThrownBy(() -> Latencies.read(new WireReader(frame)))
        .isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void manyThreadsAreCountedExactly() throws Exception {
    LatencyRecorder recorder = new LatencyRecorder();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 1_000; i++) {
                    recorder.record(i);
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(recorder.latencies().calls()).isEqualTo(4_000);
    assertThat(recorder.latencies().average()).isEqualTo(499.5);
  }
}
