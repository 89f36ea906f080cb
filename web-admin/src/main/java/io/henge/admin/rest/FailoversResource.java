package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.document.FailoverDocument;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
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

  /** One failover, by the slot that suspended or removed the member. */
  @GET
  @Path("/{slot : \\d{1,18}}")
  public FailoverDocument failover(
      @QueryParam("cluster") String key, @PathParam("slot") long slot) {
    return failovers(key).stream()
        .filter(failover -> failover.id() == slot)
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        404,
                        "UNKNOWN_FAILOVER",
                        "No such failover",
                        "This member knows no failover at slot "
                            + slot
                            + ": it keeps the newest 100 that it saw itself.")));
  }
}
