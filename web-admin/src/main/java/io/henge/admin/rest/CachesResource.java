package io.henge.admin.rest;

import io.henge.admin.cluster.CacheStatistics;
import io.henge.admin.cluster.CachedMethod;
import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterStatistics;
import io.henge.admin.document.CacheDocument;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** The caches of the cluster. */
@RequestScoped
@Path("/caches")
@Produces(MediaType.APPLICATION_JSON)
public class CachesResource {

  @Inject private Selection selection;
  @Inject private SharedAnswers shared;

  /**
   * All caches; entries are those of the answering member's copies, figures are this server's. A
   * JSON array.
   */
  @GET
  public String caches(@QueryParam("cluster") String key) {
    ClusterBean bean = selection.bean(key);
    return shared.json(question(bean, "caches"), () -> read(bean));
  }

  private static List<CacheDocument> read(ClusterBean bean) {
    Map<String, CacheStatistics> statistics = bean.statistics();
    return bean.caches().stream()
        .map(
            cache ->
                CacheDocument.of(cache, statistics.get(ClusterBean.statisticsKey(cache.name()))))
        .toList();
  }

  /** What was answered is another question as soon as the cluster is another. */
  private static String question(ClusterBean bean, String what) {
    return String.join(" ", bean.key(), bean.viewVersion(), what);
  }

  /** One cache by its name. */
  @GET
  @Path("/{name}")
  public CacheDocument cache(@QueryParam("cluster") String key, @PathParam("name") String name) {
    return read(selection.bean(key)).stream()
        .filter(cache -> cache.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  /** What the operations on one cache came to at each member, and together. */
  @GET
  @Path("/{name}/statistics")
  public String statistics(@QueryParam("cluster") String key, @PathParam("name") String name) {
    ClusterBean bean = selection.bean(key);
    return shared.json(question(bean, "statistics " + name), () -> statistics(bean, name));
  }

  private static ClusterStatistics statistics(ClusterBean bean, String name) {
    if (bean.caches().stream().noneMatch(cache -> cache.name().equals(name))) {
      throw unknown(name);
    }
    return bean.clusterStatistics(name);
  }

  /** What came of the calls of this server's annotated methods that name one cache. */
  @GET
  @Path("/{name}/methods")
  public List<CachedMethod> methods(
      @QueryParam("cluster") String key, @PathParam("name") String name) {
    return selection.bean(key).cachedMethods().stream()
        .filter(method -> method.cache().equals(name))
        .toList();
  }

  static ProblemException unknown(String name) {
    return new ProblemException(
        Problem.of(
            404,
            "UNKNOWN_CACHE",
            "No such cache",
            "The cluster has no cache " + name + " now; /caches lists them."));
  }
}
