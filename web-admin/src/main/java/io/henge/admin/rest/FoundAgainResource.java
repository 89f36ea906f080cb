package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.View;
import io.henge.admin.rest.ActionRunner.Action;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Founds again what is left of a cluster whose majority is gone for good. */
@RequestScoped
@Path("/found-again")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class FoundAgainResource {

  private static final String SHAPE =
      "{\"confirm\": the cluster's name, \"othersDead\": true, \"members\": [ids or names of the"
          + " members that are left], or none for all that answer}";

  @Inject private Selection selection;
  @Inject private ActionRunner runner;
  @Inject private RequestBodies bodies;

  /**
   * Who is left.
   *
   * @param confirm the cluster's name
   * @param othersDead somebody's word that all other members are dead; anything but true is refused
   * @param members ids or names of the members that are left, the one that is asked among them;
   *     null or empty for all that answer
   */
  public record Remains(String confirm, Boolean othersDead, List<String> members) {}

  /**
   * What came of it.
   *
   * @param sentence what was founded, in the node's own words
   */
  public record Founded(String sentence) {}

  /**
   * Founds the cluster again, and waits until the node says what was founded: for its time until
   * suspension, and at most for its operation timeout beyond. The node refuses while a majority may
   * live; then nothing is done.
   */
  @POST
  public Response foundAgain(
      @QueryParam("cluster") String key, @Context HttpServletRequest request, String body) {
    Remains remains = bodies.read(body, Remains.class, SHAPE);
    ClusterBean bean = selection.bean(key);
    View view = bean.view();
    List<String> wanted = remains.members() == null ? List.of() : remains.members();
    if (wanted.stream().anyMatch(Objects::isNull)) {
      throw RequestBodies.malformed(SHAPE);
    }
    List<String> ids =
        wanted.stream().map(member -> MembersOf.member(view, member).id()).distinct().toList();
    AtomicReference<String> sentence = new AtomicReference<>();
    Response taken =
        runner.run(
            request,
            bean,
            new Action(
                "found again",
                String.join(", ", ids),
                true,
                () -> {
                  ActionRunner.requireConfirmation(bean, remains.confirm(), "to found it again");
                  requireOthersDead(remains);
                  sentence.set(bean.foundAgain(remains.confirm(), ids));
                }));
    // Sent twice it was done before, and what was said then is not kept.
    return sentence.get() == null ? taken : Response.ok(new Founded(sentence.get())).build();
  }

  private static void requireOthersDead(Remains remains) {
    if (!Boolean.TRUE.equals(remains.othersDead())) {
      throw new ProblemException(
          Problem.of(
              400,
              "NOT_CONFIRMED",
              "Nobody said that the others are dead",
              "Stop the processes of all other members, keep them from starting, and confirm it"
                  + " with \"othersDead\": true; if they live there will be two clusters."));
    }
  }
}
