package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterBeans;
import io.henge.admin.security.ConsoleSettings;
import io.henge.admin.security.ConsoleSettings.Login;
import io.henge.admin.security.CsrfTokens;
import io.henge.admin.security.Role;
import io.henge.admin.security.Visitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;

/** Who is looking, and what they may do. */
@RequestScoped
@Path("/session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

  @Inject private ClusterBeans beans;

  /**
   * A session.
   *
   * @param name the user's name; empty if nobody logs in
   * @param roles viewer and operator, as far as they hold
   * @param login how people log in: none, container, basic, form or openid
   * @param csrf the token for requests that change something
   * @param operations what the cluster node can be asked to do
   */
  public record Session(
      String name, List<String> roles, String login, String csrf, List<String> operations) {}

  /** This visitor's session. */
  @GET
  public Session session(@QueryParam("cluster") String key, @Context HttpServletRequest request) {
    Visitor visitor = Visitor.of(request);
    return new Session(
        visitor.name(),
        visitor.roles().stream().sorted().map(Role::word).toList(),
        ConsoleSettings.read().login().name().toLowerCase(Locale.ROOT),
        CsrfTokens.of(visitor.name()),
        beans
            .find(key)
            .map(bean -> bean.operations().stream().sorted().toList())
            .orElse(List.of()));
  }

  /** Logs out. */
  @POST
  @Path("/logout")
  public void logout(@Context HttpServletRequest request) throws ServletException {
    if (ConsoleSettings.read().login() != Login.OPENID) {
      // There it would send this program, and not the page, to the provider.
      request.logout();
    }
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }
}
