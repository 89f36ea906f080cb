package io.henge.arquillian.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The findings of all runs as {@code target/faults/<name>.md} for people and {@code .json} for
 * programs, written anew after each run. One thread uses it.
 */
final class FaultReport {

  private static final String HEAD =
      """
      | nemesis | members | mode | s | faults | operations | keys not linearizable (undecided) \
      | puts lost | increments lost / repeated / same answer | possibly lost | overdue | refused / unknown \
      | wait in fault s | wait after s | gap s | in sync s | slowest s | full copies | load |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private final Path directory = Path.of("target", "faults");
  private final String name;
  private final List<Findings> all = new ArrayList<>();

  FaultReport(String name) {
    this.name = name;
  }

  /** Adds a run, prints it, and writes the files. */
  void add(Findings findings) {
    all.add(findings);
    System.out.println(row(findings));
    findings.notes().forEach(note -> System.out.println("    " + note));
    findings.broken().forEach(broken -> System.out.println("    BROKEN: " + broken));
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(name + ".md"), markdown());
      Files.writeString(directory.resolve(name + ".json"), json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String markdown() {
    StringBuilder text = new StringBuilder("# Fault report: " + name + "\n\n" + HEAD);
    all.forEach(findings -> text.append(row(findings)).append('\n'));
    for (Findings findings : all) {
      text.append("\n## ").append(title(findings)).append("\n\n");
      findings.broken().forEach(each -> text.append("- **broken**: ").append(each).append('\n'));
      findings.undecided().forEach(each -> text.append("- undecided: ").append(each).append('\n'));
      findings.notes().forEach(each -> text.append("- ").append(each).append('\n'));
    }
    return text.toString();
  }

  private static String title(Findings findings) {
    return findings.nemesis()
        + ", "
        + findings.members()
        + " members, "
        + findings.mode()
        + ", seed "
        + findings.seed();
  }

  private static String row(Findings f) {
    return List.of(
            f.nemesis(),
            Integer.toString(f.members()),
            f.mode(),
            Long.toString(f.lasted().toSeconds()),
            Integer.toString(f.strikes()),
            Long.toString(f.operations()),
            f.violations().size() + "/" + f.keys() + " (" + f.undecided().size() + ")",
            f.lostPuts() + "/" + f.puts(),
            f.lostIncrements()
                + " / "
                + f.repeatedIncrements()
                + " / "
                + f.sameAnswers()
                + " of "
                + f.increments(),
            Long.toString(f.possiblyLost()),
            Integer.toString(f.overdue().size()),
            f.refused() + " / " + f.unknown(),
            seconds(f.waitInFault()),
            seconds(f.waitAfter()),
            seconds(f.gap()),
            seconds(f.inSync()),
            seconds(f.slowest()),
            Long.toString(f.needlessCopies()),
            String.format(Locale.ROOT, "%.0f", f.load()))
        .stream()
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f", time.toMillis() / 1000.0);
  }

  private String json() {
    return all.stream()
        .map(FaultReport::json)
        .collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
  }

  private static String json(Findings f) {
    return "{"
        + String.join(
            ", ",
            text("nemesis", f.nemesis()),
            number("members", f.members()),
            text("mode", f.mode()),
            number("seed", f.seed()),
            number("lastedMillis", f.lasted().toMillis()),
            number("faults", f.strikes()),
            number("operations", f.operations()),
            number("keys", f.keys()),
            number("keysNotLinearizable", f.violations().size()),
            number("keysUndecided", f.undecided().size()),
            number("puts", f.puts()),
            number("putsLost", f.lostPuts()),
            number("increments", f.increments()),
            number("incrementsLost", f.lostIncrements()),
            number("incrementsRepeated", f.repeatedIncrements()),
            number("incrementsSameAnswer", f.sameAnswers()),
            number("possiblyLost", f.possiblyLost()),
            number("keysDiffering", f.differing().size()),
            number("overdue", f.overdue().size()),
            number("refused", f.refused()),
            number("unknown", f.unknown()),
            number("waitInFaultMillis", f.waitInFault().toMillis()),
            number("waitAfterMillis", f.waitAfter().toMillis()),
            number("gapMillis", f.gap().toMillis()),
            number("inSyncMillis", f.inSync().toMillis()),
            number("slowestMillis", f.slowest().toMillis()),
            number("needlessCopies", f.needlessCopies()),
            number("loadTimes100", Math.round(f.load() * 100)))
        + "}";
  }

  private static String text(String name, String value) {
    return "\"" + name + "\": \"" + value + "\"";
  }

  private static String number(String name, long value) {
    return "\"" + name + "\": " + value;
  }
}
