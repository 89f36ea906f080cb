package io.henge.admin.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.management.openmbean.CompositeData;

/**
 * One composite of open data, read by item name. An item that the bean does not know is read as
 * empty, 0 or false: the application may carry another version of Henge than the console.
 */
final class OpenRow {

  private final CompositeData data;

  private OpenRow(CompositeData data) {
    this.data = data;
  }

  static OpenRow of(Object value) {
    return new OpenRow((CompositeData) value);
  }

  static <T> List<T> list(Object rows, Function<OpenRow, T> reader) {
    List<T> result = new ArrayList<>();
    if (rows instanceof CompositeData[] composites) {
      for (CompositeData composite : composites) {
        result.add(reader.apply(new OpenRow(composite)));
      }
    }
    return result;
  }

  private Object item(String name) {
    return data.containsKey(name) ? data.get(name) : null;
  }

  String text(String name) {
    return item(name) instanceof String text ? text : "";
  }

  /** A constant's name as the console writes it: lower case. */
  String word(String name) {
    return text(name).toLowerCase(Locale.ROOT);
  }

  int integer(String name) {
    return item(name) instanceof Number number ? number.intValue() : 0;
  }

  long number(String name) {
    return item(name) instanceof Number number ? number.longValue() : 0;
  }

  double real(String name) {
    return item(name) instanceof Number number ? number.doubleValue() : 0;
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(item(name));
  }

  Instant time(String name) {
    return Instant.ofEpochMilli(number(name));
  }

  List<String> texts(String name) {
    return item(name) instanceof String[] texts ? List.of(texts) : List.of();
  }

  List<Boolean> flags(String name) {
    List<Boolean> flags = new ArrayList<>();
    if (item(name) instanceof boolean[] values) {
      for (boolean value : values) {
        flags.add(value);
      }
    }
    return flags;
  }

  int[] integers(String name) {
    return item(name) instanceof int[] integers ? integers : new int[0];
  }

  List<Integer> numbers(String name) {
    return Arrays.stream(integers(name)).boxed().toList();
  }

  long[][] matrix(String name) {
    return item(name) instanceof long[][] matrix ? matrix : new long[0][];
  }

  /** A nested composite; null if the bean has none. */
  <T> T row(String name, Function<OpenRow, T> reader) {
    return item(name) instanceof CompositeData nested ? reader.apply(new OpenRow(nested)) : null;
  }

  <T> List<T> rows(String name, Function<OpenRow, T> reader) {
    return list(item(name), reader);
  }
}
