package io.henge.admin.rest;

import io.henge.admin.check.CheckResult;
import io.henge.admin.check.Facts;
import io.henge.admin.check.HealthChecks;
import io.henge.admin.cluster.ClusterBean;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Is it set up right? */
@RequestScoped
@Path("/checks")
@Produces(MediaType.APPLICATION_JSON)
public class ChecksResource {

  @Inject private Selection selection;

  /** All checks and what they found. */
  @GET
  public List<CheckResult> checks(@QueryParam("cluster") String key) {
    ClusterBean bean = selection.bean(key);
    return HealthChecks.run(
        Facts.of(bean.identity(), bean.view(), bean.caches(), bean.failovers()));
  }
}
