package io.henge.jcache.annotation;

import java.util.List;

/**
 * Two lists of exception classes, such as {@code cacheFor} and {@code noCacheFor}, by the table
 * that all annotations share.
 *
 * @param included exceptions that count; empty for all
 * @param excluded exceptions that do not, though they are among the included ones
 */
record ExceptionFilter(
    List<Class<? extends Throwable>> included, List<Class<? extends Throwable>> excluded) {

  static ExceptionFilter of(
      Class<? extends Throwable>[] included, Class<? extends Throwable>[] excluded) {
    return new ExceptionFilter(List.of(included), List.of(excluded));
  }

  /** Whether both lists are empty, which means something else to each annotation. */
  boolean empty() {
    return included.isEmpty() && excluded.isEmpty();
  }

  /** Whether an exception counts, by lists of which one is not empty. */
  boolean counts(Throwable failure) {
    return (included.isEmpty() || includes(failure)) && !listed(excluded, failure);
  }

  /** Whether an exception is of a class that was asked for by name. */
  boolean includes(Throwable failure) {
    return listed(included, failure);
  }

  private static boolean listed(List<Class<? extends Throwable>> classes, Throwable failure) {
    return classes.stream().anyMatch(each -> each.isInstance(failure));
  }
}
