package io.henge.sample;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Counters that never lose or repeat an increment, whichever server is asked. */
@Path("counters/{key}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class CounterResource {

  @Inject private SharedCaches caches;

  /** Returns the count, 0 if it was never incremented. */
  @GET
  public String get(@PathParam("key") String key) {
    Long count = caches.counters().get(key);
    return count == null ? "0" : count.toString();
  }

  /** Adds one and returns the new count. */
  @POST
  @Path("increment")
  public String increment(@PathParam("key") String key) {
    return caches.counters().invoke(key, new Increment()).toString();
  }
}
