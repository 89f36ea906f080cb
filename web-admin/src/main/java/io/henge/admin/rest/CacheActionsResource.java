package io.henge.admin.rest;

import io.henge.admin.cluster.CacheInfo;
import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.rest.ActionRunner.Action;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What an operator does to a cache. */
@RequestScoped
@Path("/caches")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CacheActionsResource {

  private static final String CONFIRM_SHAPE = "{\"confirm\": the cluster's name}";

  @Inject private Selection selection;
  @Inject private ActionRunner runner;
  @Inject private RequestBodies bodies;

  /**
   * Somebody's word that they mean it.
   *
   * @param confirm the cluster's name
   */
  public record Confirmation(String confirm) {}

  /** Removes every entry of a cache, in the whole cluster. */
  @POST
  @Path("/{name}/clear")
  public Response clear(
      @QueryParam("cluster") String key,
      @PathParam("name") String name,
      @Context HttpServletRequest request,
      String body) {
    ClusterBean bean = selection.bean(key);
    String confirm = bodies.read(body, Confirmation.class, CONFIRM_SHAPE).confirm();
    requireCache(bean, name);
    return runner.run(
        request,
        bean,
        new Action(
            "clear cache",
            name,
            false,
            () -> {
              ActionRunner.requireConfirmation(bean, confirm, "to clear a cache of it");
              bean.act("clearCache", name);
            }));
  }

  /** Sets what this server counted for a cache back to zero. */
  @POST
  @Path("/{name}/statistics/reset")
  public Response resetStatistics(
      @QueryParam("cluster") String key,
      @PathParam("name") String name,
      @Context HttpServletRequest request) {
    ClusterBean bean = selection.bean(key);
    requireCache(bean, name);
    return runner.run(
        request,
        bean,
        new Action(
            "reset statistics",
            name,
            false,
            () -> {
              if (!bean.resetStatistics(name)) {
                throw new ProblemException(
                    Problem.of(
                        409,
                        "NO_STATISTICS",
                        "Nothing is counted",
                        "No application of this server has statistics of cache " + name + " on."));
              }
            }));
  }

  private static void requireCache(ClusterBean bean, String name) {
    if (bean.caches().stream().map(CacheInfo::name).noneMatch(name::equals)) {
      throw CachesResource.unknown(name);
    }
  }
}
