/**
 * A cluster of simulated members, each wired from the engine's pure parts as the real node is, the
 * nemesis that troubles it, and the judges that watch it with full knowledge. PROTOCOL 7.1, 7.2.
 */
package io.henge.replication.simulation.cluster;
