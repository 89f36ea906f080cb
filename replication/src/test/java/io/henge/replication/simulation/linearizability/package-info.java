/**
 * Judges whether a recorded history of cache operations could have happened on one copy of the
 * data: linearizability per key (Herlihy and Wing 1990), by the just-in-time form of the Wing and
 * Gong search (Lowe, "Testing for linearizability", 2017). Histories are plain data, so the
 * simulator and tests with real processes use the same judge.
 */
package io.henge.replication.simulation.linearizability;
