package io.henge.replication.partition;

/**
 * The result of a logged operation, replicated with its effect so that a retry gets the same
 * answer.
 *
 * @param changed false if a condition was not met
 * @param value the value to return, null if none
 */
public record Outcome(boolean changed, byte[] value) {}
