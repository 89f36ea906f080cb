package io.henge.admin.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;

/** The OpenAPI document of these resources. */
@RequestScoped
@Path("/openapi")
public class OpenApiResource {

  /** The document. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public InputStream document() {
    return OpenApiResource.class.getResourceAsStream("openapi.json");
  }
}
