/**
 * Entries of one partition: committed values and pending marks. Pure; readers on any thread, one
 * writer at a time. May use {@code wire} and {@code topology}.
 */
package io.henge.replication.store;
