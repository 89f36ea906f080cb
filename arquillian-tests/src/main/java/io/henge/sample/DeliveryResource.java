package io.henge.sample;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Deliveries, by annotated methods of an enterprise bean. */
@Path("deliveries/{town}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class DeliveryResource {

  @Inject private Deliveries deliveries;

  /** Returns the tour to a town. */
  @GET
  public String tour(@PathParam("town") String town) {
    return deliveries.tour(town);
  }

  /** Cancels the tour to a town, so that the next who asks gets another one. */
  @DELETE
  public void cancel(@PathParam("town") String town) {
    deliveries.cancel(town);
  }
}
