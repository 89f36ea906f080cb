package io.henge.admin.rest;

import io.henge.admin.events.EventHub;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** What changes, as it happens. */
@RequestScoped
@Path("/events")
public class EventsResource {

  @Inject private Selection selection;
  @Inject private EventHub hub;

  /**
   * The stream: view, health, failover, event, gone and resync; the first is a resync. It ends when
   * the browser leaves.
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(
      @QueryParam("cluster") String key,
      @Context SseEventSink sink,
      @Context Sse sse,
      @Context HttpServletResponse response) {
    // A buffering proxy would hold the stream back.
    response.setHeader("X-Accel-Buffering", "no");
    if (!hub.open(selection.bean(key), sink, sse)) {
      throw new ProblemException(
          Problem.of(
              503,
              "TOO_MANY_WATCHERS",
              "Too many browsers watch",
              hub.mostClients() + " browsers watch this console already. Close some of them."));
    }
  }
}
