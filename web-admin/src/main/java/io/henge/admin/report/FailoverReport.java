package io.henge.admin.report;

import io.henge.admin.document.ClusterDocument;
import io.henge.admin.document.EventDocument;
import io.henge.admin.document.FailoverDetail;
import io.henge.admin.document.FailoverDetail.Lane;
import io.henge.admin.document.FailoverDocument;
import io.henge.admin.document.FailoverDocument.CallersImpact;
import io.henge.admin.document.FailoverDocument.PhaseDocument;
import java.util.Locale;

/**
 * A failover as one self-contained HTML file: no script, nothing fetched, and a policy of its own
 * that forbids both. Every text of the cluster is escaped.
 */
public final class FailoverReport {

  private static final int BAR_WIDTH = 900;
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 960px; margin: 2em auto; padding: 0 1em;
             color: #17202b; background: #fff }
      h1 { font-size: 1.5em } h2 { font-size: 1.1em; margin-top: 2em }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
      th, td { text-align: left; padding: .25em .8em .25em 0; border-top: 1px solid #e2e6eb;
               font-weight: normal; vertical-align: top }
      thead th { font-weight: 600; border: 0 }
      .ok { color: #0b7a55 } .bad { color: #b3261e }
      .suspect { fill: #7c8794 } .agree { fill: #48689c } .barrier { fill: #b98517 }
      .promote { fill: #1a7f5c } .replicate { fill: #2c9973 }
      """;

  private final StringBuilder html = new StringBuilder(8192);

  private FailoverReport() {}

  /** The report as HTML. */
  public static String of(FailoverDetail detail, ClusterDocument cluster) {
    FailoverReport report = new FailoverReport();
    report.write(detail, cluster);
    return report.html.toString();
  }

  private void write(FailoverDetail detail, ClusterDocument cluster) {
    FailoverDocument failover = detail.failover();
    String title = failover.member() + " failed (" + failover.cause() + ")";
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'unsafe-inline'\">\n<title>");
    text("Failover " + failover.id() + ": " + title);
    html.append("</title>\n<style>\n").append(STYLE).append("</style></head><body>\n<h1>");
    text(title);
    html.append("</h1>\n<p>");
    text(
        "Cluster "
            + cluster.name()
            + " ("
            + cluster.id()
            + "), slot "
            + failover.id()
            + ", "
            + failover.at()
            + " on the clock of "
            + failover.clock()
            + ". Noticed by "
            + (failover.suspectedBy().isEmpty() ? "nobody in particular" : failover.suspectedBy())
            + ". "
            + failover.evidence());
    html.append("</p>\n");
    impact(detail);
    phases(failover);
    lanes(detail);
    log(detail);
    html.append("<p><small>");
    text(
        "Told by "
            + cluster.node().name()
            + ", Henge "
            + cluster.version()
            + ", at slot "
            + cluster.slot()
            + ". Milliseconds count from the first suspicion.");
    html.append("</small></p>\n</body></html>\n");
  }

  private void impact(FailoverDetail detail) {
    FailoverDocument failover = detail.failover();
    boolean lost = failover.impact().lost() > 0;
    html.append("<p class=\"").append(lost ? "bad" : "ok").append("\"><b>");
    text(
        lost
            ? failover.impact().lost() + " partitions lost their last in-sync copy. "
            : "No acknowledged synchronous write was lost. ");
    html.append("</b>");
    text(detail.proof() + ".");
    html.append("</p>\n<p>");
    text(
        failover.impact().partitions()
            + " partitions got another primary; "
            + failover.impact().copies()
            + " copies were lost with the member. Asynchronous caches: at most "
            + detail.possiblyLost()
            + " acknowledged operations lost since the cluster was founded.");
    html.append("</p>\n");
    callers(failover);
  }

  private void callers(FailoverDocument failover) {
    CallersImpact callers = failover.impact().callers();
    if (callers != null) {
      html.append("<p>");
      text(
          "Callers of "
              + failover.clock()
              + ": "
              + callers.heldUp()
              + " operations were held up, at most "
              + millis(callers.longestMs())
              + "; they were tried again "
              + callers.repeats()
              + " times, each applied at most once. "
              + callers.notDone()
              + " ended as not done, "
              + callers.unknown()
              + " as unknown.");
      html.append("</p>\n");
    }
  }

  private void phases(FailoverDocument failover) {
    double end = 1;
    for (PhaseDocument phase : failover.phases()) {
      if (!phase.name().equals("replicate") && phase.ms().get(1) != null) {
        end = Math.max(end, phase.ms().get(1));
      }
    }
    html.append("<h2>Phases</h2>\n<svg viewBox=\"0 0 ")
        .append(BAR_WIDTH)
        .append(" 26\" width=\"100%\" role=\"img\" aria-label=\"Phases, in the table below\">\n");
    for (PhaseDocument phase : failover.phases()) {
      if (!phase.name().equals("replicate") && phase.ms().get(1) != null) {
        double from = BAR_WIDTH * phase.ms().get(0) / end;
        double width = BAR_WIDTH * (phase.ms().get(1) - phase.ms().get(0)) / end;
        html.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" width=\"%.1f\" height=\"26\"/>%n",
                word(phase.name()),
                from,
                Math.max(1, width)));
      }
    }
    html.append("</svg>\n<table><thead><tr><th>Phase<th>From<th>To<th>Slot<th></tr></thead>\n");
    for (PhaseDocument phase : failover.phases()) {
      html.append("<tr><td>");
      text(phase.name());
      cell(millis(phase.ms().get(0)));
      cell(phase.ms().get(1) == null ? "goes on" : millis(phase.ms().get(1)));
      cell(phase.slot() == null ? "" : phase.slot().toString());
      cell(phase.of() == null ? "" : phase.done() + " of " + phase.of() + " copies");
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private void lanes(FailoverDetail detail) {
    html.append("<h2>Partitions</h2>\n");
    if (detail.lanes().isEmpty()) {
      html.append("<p>");
      text(detail.kept() ? "None moved." : detail.proof());
      html.append("</p>\n");
      return;
    }
    html.append("<table><thead><tr><th>Partition<th>Primary was<th>is")
        .append("<th>had every acknowledged write<th>in-sync copies</tr></thead>\n");
    for (Lane lane : detail.lanes()) {
      html.append("<tr><td>p").append(lane.partition());
      cell(lane.from());
      cell(lane.to().isEmpty() ? "none" : lane.to());
      cell(lane.wasInSync() ? "yes" : "no");
      cell(lane.before() + " before, " + lane.copies() + " after");
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private void log(FailoverDetail detail) {
    html.append("<h2>Log</h2>\n<table><thead><tr><th>Time<th>Slot<th>Kind<th></tr></thead>\n");
    for (EventDocument event : detail.log()) {
      html.append("<tr><td>");
      text(event.time().toString());
      cell(event.slot() == null ? "" : event.slot().toString());
      cell(event.kind());
      cell(event.text());
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private void cell(String value) {
    html.append("<td>");
    text(value);
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.0f ms", value);
  }

  /** A phase's name as a class; nothing else gets into an attribute. */
  private static String word(String name) {
    return name.replaceAll("[^a-z]", "");
  }

  private void text(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '&' -> html.append("&amp;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
  }
}
