/**
 * The cluster state machine applied from the log, node leases, suspicion, founding and joining, and
 * the leader's controller. Pure: no threads, clock, sockets or randomness of its own; may use
 * {@code consensus}, {@code ring}, {@code wire} and {@code topology}. PROTOCOL 4.2 to 4.4.
 */
package io.henge.replication.membership;
