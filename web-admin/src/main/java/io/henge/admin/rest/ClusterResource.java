package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterBeans;
import io.henge.admin.cluster.Identity;
import io.henge.admin.document.ClusterDocument;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;

/** Which clusters this server's applications are in, and how one of them is. */
@RequestScoped
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {

  @Inject private ClusterBeans beans;
  @Inject private Selection selection;

  /**
   * A node of this server.
   *
   * @param key what other requests name it by
   * @param name the cluster's configured name
   * @param node the node's name
   * @param state its state
   */
  public record Choice(String key, String name, String node, String state) {}

  /** All nodes of this server; empty if no application runs one. */
  @GET
  @Path("/clusters")
  public List<Choice> clusters() {
    List<Choice> choices = new ArrayList<>();
    for (ClusterBean bean : beans.all()) {
      Identity identity = bean.identity();
      choices.add(
          new Choice(bean.key(), identity.clusterName(), identity.nodeName(), identity.state()));
    }
    return choices;
  }

  /** Is everything all right? */
  @GET
  @Path("/cluster")
  public ClusterDocument cluster(@QueryParam("cluster") String key) {
    ClusterBean bean = selection.bean(key);
    return ClusterDocument.of(bean.key(), bean.identity(), bean.view(), bean.oldestSlot());
  }
}
