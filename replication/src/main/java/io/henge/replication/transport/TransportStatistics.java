package io.henge.replication.transport;

/**
 * Counts since the start.
 *
 * @param framesSent frames handed to the network
 * @param framesReceived frames delivered
 * @param framesDropped frames dropped at the sender: full queue or unknown peer
 * @param framesRefused frames refused at the receiver: malformed, foreign, or for an older
 *     incarnation
 */
public record TransportStatistics(
    long framesSent, long framesReceived, long framesDropped, long framesRefused) {}
