package io.henge.benchmarks.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The tables of a run in Markdown: the median of the rounds, the best of a row in bold. */
final class Report {

  private static final String MISSING = "–";

  private final List<Window> windows;
  private final Map<String, Double> bytesPerCopy;
  private final Map<String, Cluster.Failover> failovers;
  private final Set<String> products = new LinkedHashSet<>();
  private final Set<Case> cases = new LinkedHashSet<>();

  Report(
      List<Window> windows,
      Map<String, Double> bytesPerCopy,
      Map<String, Cluster.Failover> failovers) {
    this.windows = windows;
    this.bytesPerCopy = bytesPerCopy;
    this.failovers = failovers;
    windows.stream().map(Window::product).sorted(hengeFirst()).forEach(products::add);
    windows.forEach(window -> cases.add(window.what()));
  }

  private static Comparator<String> hengeFirst() {
    return Comparator.<String, Boolean>comparing(name -> !name.startsWith("Henge"))
        .thenComparing(Comparator.naturalOrder());
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(Machine.description()).append(".\n\n");
    List<Case> busy = cases.stream().filter(each -> each.threads() > 1).toList();
    List<Case> quiet = cases.stream().filter(each -> each.threads() == 1).toList();
    List<Case> all = List.copyOf(cases);
    table(text, "Operations per second", busy, Window::operationsPerSecond, true, "%,.0f");
    table(
        text, "Half of the operations took at most, µs", quiet, Window::p50Micros, false, "%,.1f");
    table(text, "99 % of the operations took at most, µs", all, Window::p99Micros, false, "%,.0f");
    table(
        text,
        "Processor time per operation, all nodes, µs",
        all,
        Window::cpuMicros,
        false,
        "%,.1f");
    table(
        text,
        "Heap allocated per operation, all nodes, bytes",
        busy,
        Window::allocatedBytes,
        false,
        "%,.0f");
    single(text);
    text.append(
        String.format(
            Locale.ROOT,
            "Processors used by anything but the measured product: %.2f (median). Errors: %d."
                + " Missing keys: %d.%n",
            median(windows.stream().mapToDouble(Window::foreignCores).sorted().toArray())
                .orElse(Double.NaN),
            windows.stream().mapToLong(Window::errors).sum(),
            windows.stream().mapToLong(Window::misses).sum()));
    return text.toString();
  }

  private void table(
      StringBuilder text,
      String title,
      List<Case> rows,
      ToDoubleFunction<Window> figure,
      boolean moreIsBetter,
      String format) {
    if (rows.isEmpty()) {
      return;
    }
    text.append("### ").append(title).append("\n\n| load |");
    products.forEach(product -> text.append(' ').append(product).append(" |"));
    text.append("\n|---|").append("---:|".repeat(products.size())).append('\n');
    for (Case row : rows) {
      text.append("| ").append(row).append(" |");
      cells(product -> median(row, product, figure), moreIsBetter, format)
          .forEach(cell -> text.append(' ').append(cell).append(" |"));
      text.append('\n');
    }
    text.append('\n');
  }

  private void single(StringBuilder text) {
    if (bytesPerCopy.isEmpty() && failovers.isEmpty()) {
      return;
    }
    text.append("### Memory and failover\n\n| |");
    products.forEach(product -> text.append(' ').append(product).append(" |"));
    text.append("\n|---|").append("---:|".repeat(products.size())).append('\n');
    row(text, "heap per stored copy, bytes", product -> figure(bytesPerCopy.get(product)), "%,.0f");
    row(
        text,
        "kill -9 of one node: longest time without a write, ms",
        product -> ofFailover(product, failover -> failover.survivors().longestGapNanos() / 1e6),
        "%,.0f");
    row(
        text,
        "kill -9: failed writes",
        product -> ofFailover(product, failover -> failover.survivors().errors()),
        "%,.0f");
    row(
        text,
        "kill -9: lost entries",
        product -> ofFailover(product, failover -> failover.keys() - failover.keysFound()),
        "%,.0f");
    text.append('\n');
  }

  private void row(
      StringBuilder text, String title, Function<String, OptionalDouble> figure, String format) {
    text.append("| ").append(title).append(" |");
    cells(figure, false, format).forEach(cell -> text.append(' ').append(cell).append(" |"));
    text.append('\n');
  }

  private OptionalDouble ofFailover(String product, ToDoubleFunction<Cluster.Failover> figure) {
    Cluster.Failover failover = failovers.get(product);
    return failover == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(figure.applyAsDouble(failover));
  }

  private static OptionalDouble figure(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private List<String> cells(
      Function<String, OptionalDouble> figure, boolean moreIsBetter, String format) {
    List<OptionalDouble> figures = products.stream().map(figure).toList();
    double[] known = figures.stream().flatMapToDouble(OptionalDouble::stream).sorted().toArray();
    double best = known.length == 0 ? 0 : known[moreIsBetter ? known.length - 1 : 0];
    List<String> cells = new ArrayList<>();
    for (OptionalDouble each : figures) {
      if (each.isEmpty()) {
        cells.add(MISSING);
      } else {
        String cell = String.format(Locale.ROOT, format, each.getAsDouble());
        cells.add(each.getAsDouble() == best ? "**" + cell + "**" : cell);
      }
    }
    return cells;
  }

  private OptionalDouble median(Case what, String product, ToDoubleFunction<Window> figure) {
    return median(
        windows.stream()
            .filter(window -> window.what().equals(what) && window.product().equals(product))
            .mapToDouble(figure)
            .sorted()
            .toArray());
  }

  private static OptionalDouble median(double[] sorted) {
    int count = sorted.length;
    return count == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sorted[(count - 1) / 2] + sorted[count / 2]) / 2);
  }
}
