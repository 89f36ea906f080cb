package io.henge.admin.rest;

import io.henge.admin.action.Audit;
import io.henge.admin.action.AuditEntry;
import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import io.henge.admin.document.WhatIfDocument;
import io.henge.admin.rest.ActionRunner.Action;
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

/** What an operator does to the cluster; each is answered with 202 and followed by the stream. */
@RequestScoped
@Path("")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ActionsResource {

  private static final String WEIGHT_SHAPE = "{\"weight\": a number from 0.1 to 1000}";
  private static final String PRIMARY_SHAPE = "{\"member\": id or name}";
  private static final double LEAST_WEIGHT = 0.1;
  private static final double MOST_WEIGHT = 1000;

  @Inject private Selection selection;
  @Inject private ActionRunner runner;
  @Inject private RequestBodies bodies;
  @Inject private Audit audit;

  /**
   * A member's new weight.
   *
   * @param weight its share of the copies, 1 is usual
   */
  public record Weight(Double weight) {}

  /**
   * Who is to lead a partition.
   *
   * @param member its id or name
   */
  public record NewPrimary(String member) {}

  /** Hands over what a member holds, in good order; it stays a member. */
  @POST
  @Path("/members/{id}/drain")
  public Response drain(
      @QueryParam("cluster") String key,
      @PathParam("id") String id,
      @Context HttpServletRequest request) {
    ClusterBean bean = selection.bean(key);
    Member member = MembersOf.member(bean.view(), id);
    return runner.run(
        request,
        bean,
        new Action(
            "drain",
            member.id(),
            true,
            () -> {
              WhatIfDocument outlook = WhatIfResource.foretell(bean, List.of(member.id()), "drain");
              if (!outlook.refusal().isEmpty()) {
                throw new ProblemException(
                    Problem.of(409, "REFUSED", "Not safe now", outlook.refusal()));
              }
              bean.act("drain", member.id());
            }));
  }

  /** Ends a drain. */
  @POST
  @Path("/members/{id}/undrain")
  public Response undrain(
      @QueryParam("cluster") String key,
      @PathParam("id") String id,
      @Context HttpServletRequest request) {
    return ofMember(key, id, request, "undrain", "undrain");
  }

  private Response ofMember(
      String key, String id, HttpServletRequest request, String name, String operation) {
    ClusterBean bean = selection.bean(key);
    Member member = MembersOf.member(bean.view(), id);
    return runner.run(
        request, bean, new Action(name, member.id(), true, () -> bean.act(operation, member.id())));
  }

  /** Changes how much of the work a member takes. */
  @POST
  @Path("/members/{id}/weight")
  public Response weight(
      @QueryParam("cluster") String key,
      @PathParam("id") String id,
      @Context HttpServletRequest request,
      String body) {
    Double weight = bodies.read(body, Weight.class, WEIGHT_SHAPE).weight();
    if (weight == null || !(weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT)) {
      throw RequestBodies.malformed(WEIGHT_SHAPE);
    }
    ClusterBean bean = selection.bean(key);
    Member member = MembersOf.member(bean.view(), id);
    return runner.run(
        request,
        bean,
        new Action(
            "weight " + weight,
            member.id(),
            true,
            () -> bean.act("setWeight", member.id(), weight)));
  }

  /** Lets a member that leads the metadata hand over to another voter. */
  @POST
  @Path("/members/{id}/step-down")
  public Response stepDown(
      @QueryParam("cluster") String key,
      @PathParam("id") String id,
      @Context HttpServletRequest request) {
    return ofMember(key, id, request, "step down", "stepDown");
  }

  /** Makes another in-sync copy of a partition its primary. */
  @POST
  @Path("/partitions/{number : \\d{1,9}}/primary")
  public Response movePrimary(
      @QueryParam("cluster") String key,
      @PathParam("number") int number,
      @Context HttpServletRequest request,
      String body) {
    String wanted = bodies.read(body, NewPrimary.class, PRIMARY_SHAPE).member();
    if (wanted == null) {
      throw RequestBodies.malformed(PRIMARY_SHAPE);
    }
    ClusterBean bean = selection.bean(key);
    View view = bean.view();
    Partition partition = PartitionsOf.partition(view, number);
    Member member = MembersOf.member(view, wanted);
    return runner.run(
        request,
        bean,
        new Action(
            "move primary to " + member.name(),
            "partition " + number,
            true,
            () -> bean.act("movePrimary", number, partition.epoch(), member.id())));
  }

  /** Stops the moving of copies that only makes the load even; rebuilding goes on. */
  @POST
  @Path("/rebalancing/pause")
  public Response pause(@QueryParam("cluster") String key, @Context HttpServletRequest request) {
    return ofCluster(key, request, "pause rebalancing", "pauseRebalancing");
  }

  /** Lets it go on. */
  @POST
  @Path("/rebalancing/resume")
  public Response resume(@QueryParam("cluster") String key, @Context HttpServletRequest request) {
    return ofCluster(key, request, "resume rebalancing", "resumeRebalancing");
  }

  private Response ofCluster(
      String key, HttpServletRequest request, String name, String operation) {
    ClusterBean bean = selection.bean(key);
    return runner.run(request, bean, new Action(name, "", true, () -> bean.act(operation)));
  }

  /** The last actions of this console, newest first. */
  @GET
  @Path("/audit")
  public List<AuditEntry> audit() {
    return audit.newest();
  }
}
