package io.henge.admin.rest;

import io.henge.admin.check.CheckResult;
import io.henge.admin.check.Facts;
import io.henge.admin.check.HealthChecks;
import io.henge.admin.check.Suppression;
import io.henge.admin.check.Suppressions;
import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.Identity;
import io.henge.admin.rest.ActionRunner.Action;
import io.henge.admin.security.Visitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;

/** Is it set up right? */
@RequestScoped
@Path("/checks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChecksResource {

  private static final String SHAPE = "{\"reason\": why, at most 500 characters}";
  private static final int LONGEST_REASON = 500;

  @Inject private Selection selection;
  @Inject private Suppressions suppressions;
  @Inject private RequestBodies bodies;
  @Inject private ActionRunner runner;
  @Inject private SharedAnswers shared;

  /**
   * Why a check is suppressed.
   *
   * @param reason why
   */
  public record Reason(String reason) {}

  /** All checks and what they found. */
  @GET
  public Response checks(@QueryParam("cluster") String key) {
    ClusterBean bean = selection.bean(key);
    return shared.answer(bean, "checks", SharedAnswers.SLOW, () -> run(bean));
  }

  private List<CheckResult> run(ClusterBean bean) {
    Identity identity = bean.identity();
    List<CheckResult> results =
        HealthChecks.run(Facts.of(identity, bean.view(), bean.caches(), bean.failovers()));
    return suppressions.apply(identity.clusterId(), results);
  }

  /** Says that a failing check is known and meant. */
  @POST
  @Path("/{id}/suppress")
  public Response suppress(
      @QueryParam("cluster") String key,
      @PathParam("id") String id,
      @Context HttpServletRequest request,
      String body) {
    String reason = bodies.read(body, Reason.class, SHAPE).reason();
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw RequestBodies.malformed(SHAPE);
    }
    ClusterBean bean = selection.bean(key);
    requireCheck(id);
    String who = Visitor.of(request).name();
    return runner.run(
        request,
        bean,
        new Action(
            "suppress check",
            id,
            false,
            () ->
                suppressions.add(
                    bean.identity().clusterId(),
                    id,
                    new Suppression(reason.strip(), who, Instant.now()))));
  }

  /** Reports a check again. */
  @POST
  @Path("/{id}/report")
  public Response report(
      @QueryParam("cluster") String key,
      @PathParam("id") String id,
      @Context HttpServletRequest request) {
    ClusterBean bean = selection.bean(key);
    requireCheck(id);
    return runner.run(
        request,
        bean,
        new Action(
            "report check", id, false, () -> suppressions.remove(bean.identity().clusterId(), id)));
  }

  private static void requireCheck(String id) {
    if (!HealthChecks.exists(id)) {
      throw new ProblemException(
          Problem.of(
              404, "UNKNOWN_CHECK", "No such check", "There is no check " + id + "; see /checks."));
    }
  }
}
