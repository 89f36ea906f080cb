/**
 * Multi-decree Paxos with a stable leader and one slot in flight: a log of opaque batches that all
 * members apply in the same order. Pure: no threads, clock, sockets or randomness of its own; may
 * use {@code topology} and {@code wire} only. PROTOCOL 4.1.
 */
package io.henge.replication.consensus;
