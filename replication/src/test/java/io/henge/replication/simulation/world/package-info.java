/**
 * A world to run pure parts in: virtual time, processes that pause and die and whose clocks run at
 * slightly wrong rates, and a network that loses, repeats, delays and cuts. Knows nothing of the
 * engine.
 */
package io.henge.replication.simulation.world;
