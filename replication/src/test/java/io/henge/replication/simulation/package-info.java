/**
 * The deterministic simulator: several members in one thread under one seed, in virtual time, with
 * a network, clocks and processes that fail, and judges that know everything. Built to be reused:
 * {@code linearizability} and the world know nothing of the engine. PROTOCOL 7.1 to 7.3.
 */
package io.henge.replication.simulation;
