package io.henge.sample;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.cache.CacheManager;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Tells which server answers. */
@Path("node")
@RequestScoped
public class NodeResource {

  @Inject private SharedCaches caches;

  /** Returns name, process id, provider and the cluster's own account of this member. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Map<String, Object> node() throws JMException {
    CacheManager manager = caches.manager();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("pid", ProcessHandle.current().pid());
    answer.put("provider", manager.getCachingProvider().getClass().getName());
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName cluster : server.queryNames(new ObjectName("io.henge:type=Cluster,*"), null)) {
      answer.put("name", server.getAttribute(cluster, "NodeName"));
      answer.put("state", server.getAttribute(cluster, "State"));
      answer.put("health", server.getAttribute(cluster, "Health"));
    }
    return answer;
  }
}
