/**
 * One partition's replica as primary, backup or learner, and the caller's side of an operation.
 * Pure: no threads, clock, sockets or randomness of its own; may use {@code store}, {@code ring},
 * {@code wire} and {@code topology}. PROTOCOL 4.5 to 4.9 and 4.12.
 */
package io.henge.replication.partition;
