package io.henge.jcache.tck;

/**
 * What became of one test of the kit.
 *
 * @param test {@code class#method}
 * @param millis how long it took
 * @param message of the failure, else empty
 */
record TckResult(Outcome outcome, String test, long millis, String message) {

  enum Outcome {
    PASSED,
    /** Its body did not run. */
    EXCLUDED,
    FAILED
  }

  String line() {
    return outcome
        + " "
        + test.replace(' ', '_')
        + " "
        + millis
        + " "
        + message.replace('\n', ' ').replace('\r', ' ');
  }

  static TckResult parse(String line) {
    String[] parts = line.split(" ", 4);
    return new TckResult(Outcome.valueOf(parts[0]), parts[1], Long.parseLong(parts[2]), parts[3]);
  }

  @Override
  public String toString() {
    return message.isEmpty() ? test : test + ": " + message;
  }
}
