package io.henge.sample;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shopping carts: text under a key. */
@Path("carts")
@RequestScoped
public class CartResource {

  @Inject private SharedCaches caches;

  /** Returns a cart, or 404. */
  @GET
  @Path("{key}")
  @Produces(MediaType.TEXT_PLAIN)
  public String get(@PathParam("key") String key) {
    String cart = caches.carts().get(key);
    if (cart == null) {
      throw new NotFoundException("No cart " + key);
    }
    return cart;
  }

  /** Stores a cart; answers once every in-sync copy holds it. */
  @PUT
  @Path("{key}")
  @Consumes(MediaType.TEXT_PLAIN)
  public void put(@PathParam("key") String key, String cart) {
    caches.carts().put(key, cart);
  }

  /** Removes a cart, or 404. */
  @DELETE
  @Path("{key}")
  public void remove(@PathParam("key") String key) {
    if (!caches.carts().remove(key)) {
      throw new NotFoundException("No cart " + key);
    }
  }

  /** Returns those of many carts that are present. */
  @POST
  @Path("query")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Map<String, String> getAll(List<String> keys) {
    return caches.carts().getAll(Set.copyOf(keys));
  }
}
