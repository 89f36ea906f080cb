package io.henge.admin.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures in the text format of Prometheus: each metric once, with its samples together. */
final class MetricsText {

  private record Family(String type, String help, List<String> samples) {}

  private final Map<String, Family> families = new LinkedHashMap<>();

  /** Adds a figure that goes up and down. */
  void gauge(String name, String help, Number value, String... labels) {
    add(name, "gauge", help, value, labels);
  }

  /** Adds a figure that only grows, but for resets. */
  void counter(String name, String help, Number value, String... labels) {
    add(name, "counter", help, value, labels);
  }

  private void add(String name, String type, String help, Number value, String... labels) {
    StringBuilder sample = new StringBuilder(name).append('{');
    for (int i = 0; i < labels.length; i += 2) {
      sample.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
      escape(labels[i + 1], sample);
      sample.append('"');
    }
    sample.append("} ").append(number(value));
    families
        .computeIfAbsent(name, key -> new Family(type, help, new ArrayList<>()))
        .samples()
        .add(sample.toString());
  }

  private static String number(Number value) {
    double real = value.doubleValue();
    return value instanceof Double && real != Math.rint(real)
        ? Double.toString(real)
        : Long.toString(value.longValue());
  }

  private static void escape(String text, StringBuilder into) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> into.append("\\\\");
        case '"' -> into.append("\\\"");
        case '\n' -> into.append("\\n");
        default -> into.append(c);
      }
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    families.forEach(
        (name, family) -> {
          text.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
          text.append("# TYPE ").append(name).append(' ').append(family.type()).append('\n');
          family.samples().forEach(sample -> text.append(sample).append('\n'));
        });
    return text.toString();
  }
}
