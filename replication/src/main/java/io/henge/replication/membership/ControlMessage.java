package io.henge.replication.membership;

/** What control planes say to each other. */
public interface ControlMessage {}
