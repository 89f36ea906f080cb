package io.henge.sample;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import javax.cache.Cache;

/** Prices by annotated methods, and notes in an injected cache. */
@Path("prices")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PriceResource {

  @Inject private PriceList prices;

  @Inject
  @Named("notes")
  private Cache<String, String> notes;

  /** Returns a price, and who worked it out. */
  @GET
  @Path("{article}")
  public Map<String, Object> get(@PathParam("article") String article) {
    Quote quote = prices.price(article);
    return Map.of("article", quote.article(), "cents", quote.cents(), "source", quote.source());
  }

  /** Sets a price. */
  @PUT
  @Path("{article}")
  @Consumes(MediaType.TEXT_PLAIN)
  public void change(@PathParam("article") String article, String cents) {
    prices.change(article, new Quote(article, Long.parseLong(cents), "set by hand"));
  }

  /** Forgets a price. */
  @DELETE
  @Path("{article}")
  public void forget(@PathParam("article") String article) {
    prices.forget(article);
  }

  /** Returns the note on an article, or an empty one. */
  @GET
  @Path("{article}/note")
  @Produces(MediaType.TEXT_PLAIN)
  public String note(@PathParam("article") String article) {
    String note = notes.get(article);
    return note == null ? "" : note;
  }

  /** Writes a note on an article. */
  @PUT
  @Path("{article}/note")
  @Consumes(MediaType.TEXT_PLAIN)
  public void note(@PathParam("article") String article, String note) {
    notes.put(article, note);
  }
}
