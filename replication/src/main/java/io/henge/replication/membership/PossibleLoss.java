package io.henge.replication.membership;

/**
 * What failovers of an asynchronous partition may have cost, as its new primaries noted in the log
 * before they answered anything (PROTOCOL 4.8).
 *
 * @param epoch the epoch of the last failover that was noted
 * @param atMost acknowledged operations that may have been lost by that one, at most
 * @param total the same for all failovers so far
 */
public record PossibleLoss(long epoch, long atMost, long total) {}
