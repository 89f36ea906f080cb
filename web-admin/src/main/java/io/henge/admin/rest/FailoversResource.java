package io.henge.admin.rest;

import io.henge.admin.cluster.CacheInfo;
import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.Failover;
import io.henge.admin.document.ClusterDocument;
import io.henge.admin.document.EventDocument;
import io.henge.admin.document.FailoverDetail;
import io.henge.admin.document.FailoverDocument;
import io.henge.admin.report.FailoverReport;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What happened to members that failed. */
@RequestScoped
@Path("/failovers")
@Produces(MediaType.APPLICATION_JSON)
public class FailoversResource {

  @Inject private Selection selection;

  /** The failovers that the answering member saw, newest first, at most 100. */
  @GET
  public List<FailoverDocument> failovers(@QueryParam("cluster") String key) {
    ClusterBean bean = selection.bean(key);
    String clock = bean.identity().nodeName();
    return bean.failovers().stream().map(failover -> FailoverDocument.of(failover, clock)).toList();
  }

  /** One failover with its partitions and its events, by the slot that began it. */
  @GET
  @Path("/{slot : \\d{1,18}}")
  public FailoverDetail failover(@QueryParam("cluster") String key, @PathParam("slot") long slot) {
    ClusterBean bean = selection.bean(key);
    return detail(bean, slot);
  }

  /** One failover as an HTML file to take away. */
  @GET
  @Path("/{slot : \\d{1,18}}/report")
  @Produces("text/html; charset=utf-8")
  public Response report(@QueryParam("cluster") String key, @PathParam("slot") long slot) {
    ClusterBean bean = selection.bean(key);
    ClusterDocument cluster =
        ClusterDocument.of(bean.key(), bean.identity(), bean.view(), bean.oldestSlot());
    return Response.ok(FailoverReport.of(detail(bean, slot), cluster))
        .header("Content-Disposition", "attachment; filename=\"failover-" + slot + ".html\"")
        .build();
  }

  private static FailoverDetail detail(ClusterBean bean, long slot) {
    String clock = bean.identity().nodeName();
    Failover failover =
        bean.failovers().stream()
            .filter(candidate -> candidate.slot() == slot)
            .findFirst()
            .orElseThrow(() -> unknown(slot));
    long possiblyLost = bean.caches().stream().mapToLong(CacheInfo::possiblyLost).max().orElse(0);
    return FailoverDetail.of(
        FailoverDocument.of(failover, clock),
        bean.viewIfKept(slot - 1),
        bean.viewIfKept(slot),
        bean.allEvents().stream().map(EventDocument::of).toList(),
        possiblyLost);
  }

  private static ProblemException unknown(long slot) {
    return new ProblemException(
        Problem.of(
            404,
            "UNKNOWN_FAILOVER",
            "No such failover",
            "This member knows no failover at slot "
                + slot
                + ": it keeps the newest 100 that it saw itself."));
  }
}
