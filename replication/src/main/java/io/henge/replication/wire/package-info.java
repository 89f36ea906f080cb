/**
 * Hand-written, bounds-checked binary coding. The rooms above write their own messages with these
 * primitives; user keys and values pass through as bytes. Pure: no I/O, no threads.
 */
package io.henge.replication.wire;
