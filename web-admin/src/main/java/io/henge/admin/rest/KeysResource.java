package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.document.LocationDocument;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Where would this key live, and who serves it? */
@ApplicationScoped
@Path("/keys")
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {

  private static final int LONGEST_KEY = 8192;

  private final Jsonb json = JsonbBuilder.create();

  @Inject private Selection selection;

  /** Finds a key. Changes nothing; never tells a value. */
  @POST
  @Path("/locate")
  @Consumes(MediaType.APPLICATION_JSON)
  public LocationDocument locate(@QueryParam("cluster") String cluster, String body) {
    KeyQuestion question = read(body);
    if (question == null
        || question.cache() == null
        || question.type() == null
        || question.key() == null
        || question.key().isEmpty()) {
      throw refused("Send {\"cache\": …, \"type\": …, \"key\": …}; none may be empty.");
    }
    if (question.key().length() > LONGEST_KEY) {
      throw refused("The key is longer than " + LONGEST_KEY + " characters.");
    }
    ClusterBean bean = selection.bean(cluster);
    String hex = hex(question);
    return LocationDocument.of(bean.locate(question.cache(), hex), bean.view());
  }

  private KeyQuestion read(String body) {
    try {
      return json.fromJson(body, KeyQuestion.class);
    } catch (JsonbException malformed) {
      throw refused("The body is no JSON object {\"cache\": …, \"type\": …, \"key\": …}.");
    }
  }

  private static String hex(KeyQuestion question) {
    try {
      return KeyType.named(question.type()).toHex(question.key());
    } catch (IllegalArgumentException malformed) {
      throw refused("This is no key of type " + question.type() + ": " + malformed.getMessage());
    }
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(Problem.of(400, "BAD_KEY", "The key cannot be read", detail));
  }
}
