package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterRefusedException;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;
import io.henge.admin.document.WhatIfDocument;
import io.henge.admin.drill.DrillKind;
import io.henge.admin.drill.DrillReport;
import io.henge.admin.drill.Drills;
import io.henge.admin.drill.Unanswered;
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
import java.util.List;

/** Drills: a member is drained or fails for real, and takes its share again by itself. */
@RequestScoped
@Path("/drills")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DrillsResource {

  private static final String SHAPE =
      "{\"member\": id or name, \"kind\": \"drain\", \"pause\", \"cut\" or \"crash\","
          + " \"confirm\": the cluster's name, for the last two}";

  @Inject private Selection selection;
  @Inject private ActionRunner runner;
  @Inject private RequestBodies bodies;
  @Inject private Drills drills;

  /**
   * What to do.
   *
   * @param member its id or name
   * @param kind drain, pause, cut or crash
   * @param confirm the cluster's name, for the last two; else anything, or null
   */
  public record Question(String member, String kind, String confirm) {}

  /** The drills of this console, newest first. */
  @GET
  public List<DrillReport> reports() {
    return drills.reports();
  }

  /**
   * Begins one; refused where the what-if of a drain, or for the others that of a crash, speaks
   * against it, and while anything is not in sync. A cut and a crash have to be allowed by the
   * member's own settings, too.
   */
  @POST
  public Response begin(
      @QueryParam("cluster") String key, @Context HttpServletRequest request, String body) {
    Question question = bodies.read(body, Question.class, SHAPE);
    DrillKind kind = DrillKind.of(question.kind());
    if (question.member() == null || kind == null) {
      throw RequestBodies.malformed(SHAPE);
    }
    ClusterBean bean = selection.bean(key);
    View view = bean.view();
    Member member = MembersOf.member(view, question.member());
    String who = Visitor.of(request).name();
    return runner.run(
        request,
        bean,
        new Action(
            kind.word() + " drill",
            member.id(),
            true,
            () -> {
              if (kind.dangerous()) {
                ActionRunner.requireConfirmation(
                    bean, question.confirm(), "to have one of its members fail");
              }
              begin(bean, kind, member, who, view);
            }));
  }

  private void begin(ClusterBean bean, DrillKind kind, Member member, String who, View view) {
    WhatIfDocument outlook = WhatIfResource.foretell(bean, List.of(member.id()), kind.outlook());
    String refusal = drills.refusal(kind, member, view, bean.failovers(), outlook);
    if (!refusal.isEmpty()) {
      throw new ProblemException(Problem.of(409, "REFUSED", "Not safe now", refusal));
    }
    try {
      drills.begin(bean, kind, member, who, view, outlook);
    } catch (ClusterRefusedException refused) {
      boolean quorate = bean.identity().quorate();
      String why = Unanswered.explained(kind, member.name(), refused.getMessage(), quorate);
      throw new ProblemException(Problem.of(409, "REFUSED", Problems.REFUSED, why));
    }
  }

  /** Ends a drain early: the member takes its share again. */
  @POST
  @Path("/{id: \\d{1,9}}/stop")
  public Response stop(
      @QueryParam("cluster") String key,
      @PathParam("id") long id,
      @Context HttpServletRequest request) {
    String who = Visitor.of(request).name();
    return runner.run(
        request,
        selection.bean(key),
        new Action("stop drill", Long.toString(id), false, () -> drills.stop(id, who)));
  }
}
