package io.henge.admin.check;

import java.util.Optional;
import java.util.function.Function;

/**
 * One check.
 *
 * @param id stable, for suppressing and for links
 * @param severity error (something is not served or not safe) or warning
 * @param title what is checked
 * @param explanation why it matters
 * @param fix what to do when it fails
 * @param finding says what is wrong, or nothing if all is well
 */
record HealthCheck(
    String id,
    String severity,
    String title,
    String explanation,
    String fix,
    Function<Facts, Optional<String>> finding) {

  CheckResult run(Facts facts) {
    Optional<String> found = finding.apply(facts);
    return new CheckResult(
        id,
        severity,
        title,
        explanation,
        fix,
        found.isPresent() ? "failing" : "passed",
        found.orElse(""),
        null);
  }
}
