package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterGoneException;
import io.henge.admin.cluster.ClusterRefusedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Turns every exception of a resource into a problem document. */
@Provider
public class Problems implements ExceptionMapper<RuntimeException> {

  /** The title of what a node did not do. */
  static final String REFUSED = "The cluster node refused";

  private static final Logger LOGGER = System.getLogger(Problems.class.getName());

  @Override
  public Response toResponse(RuntimeException exception) {
    Problem problem = problem(exception);
    Response.ResponseBuilder response =
        exception instanceof WebApplicationException web
            ? Response.fromResponse(web.getResponse())
            : Response.status(problem.status());
    return response.type(Problem.MEDIA_TYPE).entity(problem).build();
  }

  static Problem problem(RuntimeException exception) {
    if (exception instanceof ProblemException own) {
      return own.problem();
    }
    if (exception instanceof ClusterGoneException) {
      return Problem.of(
          503,
          "NODE_GONE",
          "The cluster node has stopped",
          exception.getMessage() + " Reload when its application is deployed again.");
    }
    if (exception instanceof ClusterRefusedException) {
      return Problem.of(409, "REFUSED", REFUSED, exception.getMessage());
    }
    if (exception instanceof WebApplicationException web) {
      Response.StatusType status = web.getResponse().getStatusInfo();
      return Problem.of(
          status.getStatusCode(), "HTTP", status.getReasonPhrase(), explain(status, web));
    }
    LOGGER.log(Level.ERROR, "The console could not answer a request", exception);
    return Problem.of(
        500,
        "INTERNAL",
        "The console failed",
        "The console could not answer this request: " + exception + ". See the server's log.");
  }

  private static String explain(Response.StatusType status, WebApplicationException exception) {
    return status.getStatusCode() == Response.Status.NOT_FOUND.getStatusCode()
        ? "There is no such resource, or a parameter of it is malformed; docs/console.md lists them."
        : exception.getMessage();
  }
}
