package io.henge.sample;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The REST resources, under {@code /api}. */
@ApplicationPath("api")
public class SampleApplication extends Application {}
