package io.henge.admin.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the resources under {@code /api/v1}. */
@ApplicationPath("/api/v1")
public class ConsoleApplication extends Application {}
