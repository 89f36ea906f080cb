package io.henge.benchmarks.local;

import java.io.Serializable;
import java.util.List;

/**
 * A value such as an application keeps.
 *
 * @param number of the order
 * @param customer a name
 * @param articles their names
 * @param cents the price
 */
public record SampleOrder(long number, String customer, List<String> articles, long cents)
    implements Serializable {

  static SampleOrder sample() {
    return new SampleOrder(4711, "Ada Lovelace", List.of("engine", "cards", "oil"), 123_456);
  }
}
