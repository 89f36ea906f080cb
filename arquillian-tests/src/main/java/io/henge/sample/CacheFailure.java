package io.henge.sample;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import javax.cache.CacheException;

/** Answers 503 with the cache's own words when it refuses an operation. */
@Provider
public class CacheFailure implements ExceptionMapper<CacheException> {

  @Override
  public Response toResponse(CacheException failure) {
    return Response.status(Response.Status.SERVICE_UNAVAILABLE)
        .type(MediaType.TEXT_PLAIN_TYPE)
        .entity(failure.getMessage())
        .build();
  }
}
