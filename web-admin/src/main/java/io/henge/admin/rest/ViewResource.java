package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.View;
import io.henge.admin.document.MemberDocument;
import io.henge.admin.document.PartitionChange;
import io.henge.admin.document.PartitionDocument;
import io.henge.admin.document.ViewDocument;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Where everything is: the ring, its members and its partitions. */
@RequestScoped
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class ViewResource {

  @Inject private Selection selection;

  /**
   * The whole view, packed; 304 if the caller's entity tag still holds.
   *
   * @param slot an older slot; without it the last applied one is meant
   */
  @GET
  @Path("/view")
  public Response view(
      @QueryParam("cluster") String key, @QueryParam("slot") Long slot, @Context Request request) {
    ClusterBean bean = selection.bean(key);
    View found = slot == null ? bean.view() : past(bean, slot);
    ViewDocument view = ViewDocument.of(bean.identity().clusterId(), found);
    EntityTag tag = new EntityTag(view.tag());
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    return (unchanged != null ? unchanged : Response.ok(view)).tag(tag).build();
  }

  private static View past(ClusterBean bean, long slot) {
    long oldest = bean.oldestSlot();
    long newest = bean.view().slot();
    if (oldest < 0 || slot < oldest || slot > newest) {
      throw new ProblemException(
          Problem.of(
              404,
              "SLOT_NOT_KEPT",
              slot > newest
                  ? "Slot " + slot + " has not been applied yet"
                  : "Slot " + slot + " is no longer kept",
              oldest < 0
                  ? "This member keeps no history yet."
                  : "History starts at slot " + oldest + " and ends at slot " + newest + " now."));
    }
    return bean.viewAt(slot);
  }

  /** The members. */
  @GET
  @Path("/members")
  public List<MemberDocument> members(@QueryParam("cluster") String key) {
    return MemberDocument.of(selection.bean(key).view());
  }

  /** One member, by id or by name. */
  @GET
  @Path("/members/{id}")
  public MemberDocument member(@QueryParam("cluster") String key, @PathParam("id") String id) {
    View view = selection.bean(key).view();
    String known = MembersOf.member(view, id).id();
    return MemberDocument.of(view).stream()
        .filter(member -> member.id().equals(known))
        .findFirst()
        .orElseThrow();
  }

  /** One partition, by its number over all groups. */
  @GET
  @Path("/partitions/{number : \\d{1,9}}")
  public PartitionDocument partition(
      @QueryParam("cluster") String key, @PathParam("number") int number) {
    View view = selection.bean(key).view();
    return PartitionDocument.of(PartitionsOf.partition(view, number), view);
  }

  /** How one partition became what it is: its last changes, newest first. */
  @GET
  @Path("/partitions/{number : \\d{1,9}}/history")
  public List<PartitionChange> history(
      @QueryParam("cluster") String key, @PathParam("number") int number) {
    ClusterBean bean = selection.bean(key);
    View view = bean.view();
    PartitionsOf.partition(view, number);
    return PartitionChange.history(number, view, bean.oldestSlot(), bean::viewIfKept);
  }
}
