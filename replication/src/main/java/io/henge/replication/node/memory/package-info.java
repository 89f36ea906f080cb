/**
 * The data directory of a node: who holds it, and the file in which its acceptor remembers what it
 * promised (PROTOCOL 4.1, 4.4). What the bytes mean is the membership room's affair.
 */
package io.henge.replication.node.memory;
