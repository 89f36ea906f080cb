package io.henge.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Case BUSY = new Case(3, Mode.SYNC, Operation.PUT, 8, 3);

  private static Window window(String product, int round, double operationsPerSecond) {
    return new Window(product, BUSY, round, operationsPerSecond, 10, 20, 30, 400, 0, 0, 0.1);
  }

  @Test
  void aCellIsTheMedianOfTheRoundsAndTheBestOfARowIsBold() {
    List<Window> windows =
        List.of(
            window("Other", 1, 900),
            window("Henge", 1, 1000),
            window("Henge", 2, 5000),
            window("Henge", 3, 2000));

    assertThat(new Report(windows, Map.of(), Map.of()).markdown())
        .contains("| load | Henge | Other |")
        .contains("| put, sync, 8×3 of 3 nodes | **2,000** | 900 |");
  }

  @Test
  void aProductWithoutAFigureHasADash() {
    String text =
        new Report(
                List.of(window("Henge", 1, 1), window("Other", 1, 2)),
                Map.of("Henge", 123.4),
                Map.of())
            .markdown();

    assertThat(text).contains("| heap per stored copy, bytes | **123** | – |");
  }

  @Test
  void aRowOfTheFileIsReadBack() {
    Window window = window("Henge", 1, 12.5);
    assertThat(Window.ofRow(window.toRow())).isEqualTo(window);
    assertThat(window.toRow().split(",", -1)).hasSameSizeAs(Window.HEADER.split(",", -1));
  }
}
