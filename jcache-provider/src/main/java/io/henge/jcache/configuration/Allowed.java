package io.henge.jcache.configuration;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The values that a setting may have.
 *
 * @param words for people, with literals between backquotes
 * @param test whether a text is one of them
 */
record Allowed(String words, Predicate<String> test) {

  private static final String DIGITS = "[0-9]{1,18}";

  /** Every text. */
  static Allowed any(String words) {
    return new Allowed(words, text -> true);
  }

  /** What a parser takes. */
  static <T> Allowed parsed(String words, Function<String, Optional<T>> parser) {
    return new Allowed(words, text -> parser.apply(text).isPresent());
  }

  /** One of these words. */
  static Allowed oneOf(String... words) {
    List<String> quoted = Arrays.stream(words).map(word -> "`" + word + "`").toList();
    int last = quoted.size() - 1;
    return new Allowed(
        quoted.subList(0, last).stream().collect(Collectors.joining(", "))
            + " or "
            + quoted.get(last),
        List.of(words)::contains);
  }

  /** True or false. */
  static Allowed flag() {
    return oneOf("true", "false");
  }

  /** A whole number. */
  static Allowed number(long least, long most) {
    return number("a number", least, most);
  }

  /** A whole number of something. */
  static Allowed number(String what, long least, long most) {
    return new Allowed(
        range(what, least, most),
        text ->
            text.matches(DIGITS) && Long.parseLong(text) >= least && Long.parseLong(text) <= most);
  }

  /** A whole number of something, one or more. */
  static Allowed numberFromOne(String what) {
    return new Allowed(
        what + " from 1 on", text -> text.matches(DIGITS) && Long.parseLong(text) >= 1);
  }

  /** A number, with up to three places. */
  static Allowed decimal(String least, String most) {
    return new Allowed(
        range("a number", least, most),
        text ->
            text.matches("[0-9]{1,4}(\\.[0-9]{1,3})?")
                && Double.parseDouble(text) >= Double.parseDouble(least)
                && Double.parseDouble(text) <= Double.parseDouble(most));
  }

  /** A duration. */
  static Allowed duration(String least, String most) {
    Duration shortest = Durations.parse(least).orElseThrow();
    Duration longest = Durations.parse(most).orElseThrow();
    return new Allowed(
        range("a duration", least, most),
        text ->
            Durations.parse(text)
                .filter(given -> given.compareTo(shortest) >= 0)
                .filter(given -> given.compareTo(longest) <= 0)
                .isPresent());
  }

  /** A path of the file system. */
  static Allowed path(String words) {
    return parsed(words, Allowed::pathOf);
  }

  /** These values, and one word more. */
  Allowed or(String word) {
    return new Allowed(words + ", or `" + word + "`", test.or(word::equals));
  }

  /** Tells whether a value is one of them. */
  boolean includes(SettingValue value) {
    return test.test(value.text());
  }

  /** What to tell somebody who gave another value. */
  String problem(SettingValue value) {
    return value + " is not a valid value; allowed is " + plainWords() + ".";
  }

  /** The words without marks. */
  String plainWords() {
    return words.replace("`", "");
  }

  private static String range(String what, Object least, Object most) {
    return what + " from " + least + " to " + most;
  }

  private static Optional<Path> pathOf(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
