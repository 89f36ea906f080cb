package io.henge.admin.rest;

import io.henge.admin.cluster.CacheInfo;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The caches of the cluster. */
@RequestScoped
@Path("/caches")
@Produces(MediaType.APPLICATION_JSON)
public class CachesResource {

  @Inject private Selection selection;

  /** All caches; entries are those of the answering member's copies. */
  @GET
  public List<CacheInfo> caches(@QueryParam("cluster") String key) {
    return selection.bean(key).caches();
  }
}
