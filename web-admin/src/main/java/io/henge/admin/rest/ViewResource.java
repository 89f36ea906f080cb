package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.View;
import io.henge.admin.document.MemberDocument;
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

  /** The whole view, packed; 304 if the caller's entity tag still holds. */
  @GET
  @Path("/view")
  public Response view(@QueryParam("cluster") String key, @Context Request request) {
    ClusterBean bean = selection.bean(key);
    ViewDocument view = ViewDocument.of(bean.identity().clusterId(), bean.view());
    EntityTag tag = new EntityTag(view.tag());
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    return (unchanged != null ? unchanged : Response.ok(view)).tag(tag).build();
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
    return members(key).stream()
        .filter(member -> member.id().equals(id) || member.name().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        404,
                        "UNKNOWN_MEMBER",
                        "No such member",
                        "No member has the id or the name "
                            + id
                            + ". It may have left: see /failovers and /log.")));
  }

  /** One partition, by its number over all groups. */
  @GET
  @Path("/partitions/{number : \\d{1,9}}")
  public PartitionDocument partition(
      @QueryParam("cluster") String key, @PathParam("number") int number) {
    View view = selection.bean(key).view();
    if (number >= view.partitions().size()) {
      throw new ProblemException(
          Problem.of(
              404,
              "UNKNOWN_PARTITION",
              "No such partition",
              "Partition "
                  + number
                  + " does not exist: the cluster has "
                  + view.partitions().size()
                  + " partitions, counted from 0."));
    }
    return PartitionDocument.of(view.partitions().get(number), view);
  }
}
