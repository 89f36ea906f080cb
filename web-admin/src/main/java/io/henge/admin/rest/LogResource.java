package io.henge.admin.rest;

import io.henge.admin.cluster.LogEntry;
import io.henge.admin.document.EventDocument;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What happened, event by event. */
@RequestScoped
@Path("/log")
@Produces(MediaType.APPLICATION_JSON)
public class LogResource {

  @Inject private Selection selection;

  /**
   * Events as the answering member saw them, oldest first, at most 500.
   *
   * @param after only events with a greater number
   */
  @GET
  public List<EventDocument> log(
      @QueryParam("cluster") String key, @QueryParam("after") @DefaultValue("0") long after) {
    return selection.bean(key).eventsAfter(after).stream().map(EventDocument::of).toList();
  }

  /**
   * Slots of the log as they were decided, oldest first, at most 500: what the chain of hashes is
   * computed from.
   *
   * @param after only slots with a greater number
   */
  @GET
  @Path("/entries")
  public List<LogEntry> entries(
      @QueryParam("cluster") String key, @QueryParam("after") @DefaultValue("-1") long after) {
    return selection.bean(key).logEntriesAfter(after);
  }
}
