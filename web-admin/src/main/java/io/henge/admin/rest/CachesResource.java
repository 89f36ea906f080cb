package io.henge.admin.rest;

import io.henge.admin.cluster.CacheStatistics;
import io.henge.admin.cluster.CachedMethod;
import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterStatistics;
import io.henge.admin.document.CacheDocument;
import io.henge.admin.document.CacheFigures;
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
import java.util.Map;

/** The caches of the cluster. */
@RequestScoped
@Path("/caches")
@Produces(MediaType.APPLICATION_JSON)
public class CachesResource {

  /** The operation of the bean, which older versions have not. */
  private static final String STATISTICS = "cacheStatistics";

  @Inject private Selection selection;
  @Inject private SharedAnswers shared;

  /** All caches; entries are those of the answering member's copies, figures are this server's. */
  @GET
  public Response caches(@QueryParam("cluster") String key) {
    ClusterBean bean = selection.bean(key);
    return shared.answer(bean, "caches", SharedAnswers.FIGURES, () -> read(bean));
  }

  private static List<CacheDocument> read(ClusterBean bean) {
    Map<String, CacheStatistics> statistics = bean.statistics();
    return bean.caches().stream()
        .map(
            cache ->
                CacheDocument.of(cache, statistics.get(ClusterBean.statisticsKey(cache.name()))))
        .toList();
  }

  /** One cache by its name. */
  @GET
  @Path("/{name}")
  public CacheDocument cache(@QueryParam("cluster") String key, @PathParam("name") String name) {
    return read(selection.bean(key), name);
  }

  private static CacheDocument read(ClusterBean bean, String name) {
    return bean.caches().stream()
        .filter(cache -> cache.name().equals(name))
        .findFirst()
        .map(cache -> CacheDocument.of(cache, bean.statistics(name)))
        .orElseThrow(() -> unknown(name));
  }

  /** All that the page of one cache shows, in one answer. */
  @GET
  @Path("/{name}/figures")
  public Response figures(@QueryParam("cluster") String key, @PathParam("name") String name) {
    ClusterBean bean = selection.bean(key);
    return shared.answer(
        bean,
        "figures " + name,
        SharedAnswers.FIGURES,
        () ->
            new CacheFigures(
                read(bean, name),
                bean.operations().contains(STATISTICS) ? bean.clusterStatistics(name) : null,
                methods(bean, name)));
  }

  /** What the operations on one cache came to at each member, and together. */
  @GET
  @Path("/{name}/statistics")
  public Response statistics(@QueryParam("cluster") String key, @PathParam("name") String name) {
    ClusterBean bean = selection.bean(key);
    return shared.answer(
        bean, "statistics " + name, SharedAnswers.FIGURES, () -> statistics(bean, name));
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
    return methods(selection.bean(key), name);
  }

  private static List<CachedMethod> methods(ClusterBean bean, String name) {
    return bean.cachedMethods().stream().filter(method -> method.cache().equals(name)).toList();
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
