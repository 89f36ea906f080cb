package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterBeans;
import io.henge.admin.member.OwnMember;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Finds the cluster bean that a request means, or says plainly why there is none. */
@ApplicationScoped
public class Selection {

  private final ClusterBeans beans;
  private final OwnMember own;

  @Inject
  Selection(ClusterBeans beans, OwnMember own) {
    this.beans = beans;
    this.own = own;
  }

  /** For the container's proxy only. */
  protected Selection() {
    this(null, null);
  }

  /**
   * The bean with a key.
   *
   * @param key the query parameter {@code cluster}; null for the first bean
   */
  public ClusterBean bean(String key) {
    return beans.find(key).orElseThrow(() -> new ProblemException(missing(key)));
  }

  private Problem missing(String key) {
    List<String> known = beans.all().stream().map(ClusterBean::key).toList();
    if (known.isEmpty()) {
      return Problem.of(
          404,
          "NO_NODE",
          "No Henge node runs in this server",
          own.problem().isEmpty()
              ? "None of this server's applications has a cache open. Deploy one that has the"
                  + " henge-jcache jar in WEB-INF/lib and opens a cache; the console finds its node"
                  + " by itself. On a server without such an application the console can join the"
                  + " cluster itself: henge.console.join in docs/console.md."
              : own.problem());
    }
    return Problem.of(
        404,
        "UNKNOWN_CLUSTER",
        "No such cluster node here",
        "No cluster node " + key + " runs in this server. Known here: " + known + ".");
  }
}
