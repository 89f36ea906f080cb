/**
 * Goes round a broken link between two members by way of a third one that both can reach (decision
 * 14). Pure: no threads, clock, sockets or randomness of its own.
 */
package io.henge.replication.relay;
