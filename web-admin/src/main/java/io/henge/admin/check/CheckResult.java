package io.henge.admin.check;

/**
 * {@code GET /checks}: a check and what it found.
 *
 * @param id stable
 * @param severity error or warning
 * @param title what is checked
 * @param explanation why it matters
 * @param fix what to do when it fails
 * @param state passed, failing or suppressed
 * @param finding what is wrong; empty if nothing is
 * @param suppression why it is not to be reported, null unless suppressed
 */
public record CheckResult(
    String id,
    String severity,
    String title,
    String explanation,
    String fix,
    String state,
    String finding,
    Suppression suppression) {

  /** The same, not to be reported while it fails. */
  public CheckResult suppressed(Suppression by) {
    return state.equals("failing")
        ? new CheckResult(id, severity, title, explanation, fix, "suppressed", finding, by)
        : this;
  }
}
