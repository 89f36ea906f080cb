/**
 * Wires the pure parts to transport, clock, disk and threads; the engine's public API. {@link
 * io.henge.replication.node.HengeNode} is the way in.
 */
package io.henge.replication.node;
